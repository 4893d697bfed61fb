package io.github.rediscached.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Starts a Redis Cluster of our own: three masters on the loopback address. */
final class EmbeddedCluster {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  /** A server of a cluster also listens on the port that is 10,000 higher. */
  private static final int HIGHEST_PORT = 55_535;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private EmbeddedCluster() {}

  /**
   * The URL of a new cluster that ends with this process.
   *
   * @throws Failure if it does not start
   */
  static String url(Children children) {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < MASTERS; i++) {
      ports.add(start(children, i));
    }
    for (int i = 0; i < MASTERS; i++) {
      int first = i * SLOTS / MASTERS;
      int last = (i + 1) * SLOTS / MASTERS - 1;
      ask(ports.get(i), "CLUSTER ADDSLOTSRANGE " + first + " " + last);
      ask(ports.get(0), "CLUSTER MEET 127.0.0.1 " + ports.get(i));
    }
    Deadline deadline = new Deadline(PATIENCE);
    for (int port : ports) {
      while (!isComplete(ask(port, "CLUSTER INFO"))) {
        if (deadline.passed()) {
          throw new Failure("The embedded Redis Cluster does not come together.");
        }
        deadline.pause();
      }
    }
    return ports.stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(",", "redis://", ""));
  }

  private static int start(Children children, int number) {
    int port = FreePort.find();
    while (port > HIGHEST_PORT) {
      port = FreePort.find();
    }
    try {
      Path folder = Files.createTempDirectory("rediscached-cluster");
      Path log = Launch.TARGET.resolve("redis-" + number + ".log");
      EmbeddedRedis.start(
          children, port, log, "--cluster-enabled", "yes", "--dir", folder.toString());
      return port;
    } catch (IOException e) {
      throw new Failure("There is no room for the files of a cluster: " + e.getMessage(), e);
    }
  }

  private static boolean isComplete(String info) {
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
  }

  /** The answer to a command: a line, or a text. */
  private static String ask(int port, String command) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      var answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String first = answer.readLine();
      if (first == null || first.startsWith("-")) {
        throw new Failure("Redis answers to " + command + ": " + first);
      }
      if (!first.startsWith("$")) {
        return first;
      }
      char[] text = new char[Integer.parseInt(first.substring(1))];
      int length = 0;
      while (length < text.length) {
        int more = answer.read(text, length, text.length - length);
        if (more < 0) {
          break;
        }
        length += more;
      }
      return new String(text, 0, length);
    } catch (IOException e) {
      throw new Failure("Redis on port " + port + " does not answer: " + e.getMessage(), e);
    }
  }
}
