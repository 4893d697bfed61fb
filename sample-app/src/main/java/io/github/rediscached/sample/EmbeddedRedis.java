package io.github.rediscached.sample;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.RedisExecProvider;
import redis.embedded.exceptions.OsDetectionException;

/** Starts a Redis of our own, on the loopback address and with nothing on disk. */
final class EmbeddedRedis {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final String REMEDY = "Start a Redis yourself and set REDIS_URL.";

  private EmbeddedRedis() {}

  /**
   * The URL of the Redis to use: {@code REDIS_URL}, or of a new one that ends with this process.
   *
   * @param log gets the new one's output
   * @throws Failure if it does not start
   */
  static String url(Children children, Path log) {
    String given = System.getenv("REDIS_URL");
    if (given != null && !given.isBlank()) {
      return given;
    }
    int port = FreePort.find();
    start(children, port, log);
    return "redis://127.0.0.1:" + port;
  }

  /**
   * A new Redis that answers.
   *
   * @param options of redis-server
   * @throws Failure if it does not start
   */
  static Process start(Children children, int port, Path log, String... options) {
    List<String> command = new ArrayList<>();
    command.add(executable().getPath());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", ""));
    command.addAll(List.of(options));
    Process process =
        children.start(
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()));
    Deadline deadline = new Deadline(PATIENCE);
    while (!answers(port)) {
      if (!process.isAlive() || deadline.passed()) {
        throw new Failure("The embedded Redis does not answer, see " + log + ". " + REMEDY);
      }
      deadline.pause();
    }
    return process;
  }

  private static File executable() {
    try {
      return RedisExecProvider.defaultProvider().get();
    } catch (IOException | IllegalArgumentException | OsDetectionException e) {
      throw new Failure("No embedded Redis for this machine: " + e.getMessage() + ". " + REMEDY, e);
    }
  }

  /** Whether there is a Redis on this port of the loopback address. */
  static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == '+';
    } catch (IOException e) {
      return false;
    }
  }
}
