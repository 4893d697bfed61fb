package io.github.rediscached.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/** The Redis of {@code REDIS_URL}, or one of our own on the loopback address. */
public final class BenchmarkRedis implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** One of a cluster also listens on the port that is 10,000 higher. */
  private static final int HIGHEST_PORT = 55_535;

  private final String uri;
  private final @Nullable Process process;

  private BenchmarkRedis(String uri, @Nullable Process process) {
    this.uri = uri;
    this.process = process;
  }

  public static BenchmarkRedis open() throws IOException {
    String given = System.getenv("REDIS_URL");
    if (given != null && !given.isBlank()) {
      return new BenchmarkRedis(given, null);
    }
    return start();
  }

  /**
   * One of our own in any case.
   *
   * @param options of redis-server
   */
  public static BenchmarkRedis start(String... options) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(RedisExecProvider.defaultProvider().get().getPath());
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", ""));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        process.destroyForcibly();
        throw new IOException(
            "The embedded Redis does not start. Start one yourself and set REDIS_URL.");
      }
      Thread.onSpinWait();
    }
    return new BenchmarkRedis("redis://127.0.0.1:" + port, process);
  }

  private static int freePort() throws IOException {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0)) {
        if (socket.getLocalPort() <= HIGHEST_PORT) {
          return socket.getLocalPort();
        }
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public String uri() {
    return uri;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
