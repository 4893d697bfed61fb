package io.github.rediscached.it;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Three Sentinels, which notice soon that a master is gone. */
final class TestSentinels implements AutoCloseable {

  static final String MASTER = "shop-master";

  private final List<Integer> ports =
      List.of(TestRedis.freePort(), TestRedis.freePort(), TestRedis.freePort());
  private final List<Process> processes = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final RedisClient client = RedisClient.create();

  /** Watch this master. */
  TestSentinels(TestRedis master, String... moreOptions) {
    try {
      Path directory = Files.createTempDirectory("sentinels");
      for (int port : ports) {
        List<String> options = new ArrayList<>();
        options.add("bind 127.0.0.1");
        options.add("port " + port);
        options.add("sentinel monitor " + MASTER + " 127.0.0.1 " + master.port() + " 2");
        options.add("sentinel down-after-milliseconds " + MASTER + " 500");
        options.add("sentinel failover-timeout " + MASTER + " 4000");
        options.addAll(List.of(moreOptions));
        files.add(Files.write(directory.resolve(port + ".conf"), options));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    restart();
  }

  /** With them all. */
  String uri() {
    return "redis-sentinel://"
        + ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","))
        + "#"
        + MASTER;
  }

  void restart() {
    try {
      for (Path file : files) {
        processes.add(
            new ProcessBuilder(TestRedis.program(), file.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int port : ports) {
      Eventually.eventually("a Sentinel listens", () -> listens(port));
    }
  }

  /** How many replicas the first one knows of the master. */
  int replicas() {
    return withFirst(sentinel -> sentinel.replicas(MASTER).size());
  }

  /** Changes master and replica, both alive. */
  void failOver() {
    String done = withFirst(sentinel -> sentinel.failover(MASTER));
    if (!done.equals("OK")) {
      throw new IllegalStateException(done);
    }
  }

  /** Whether each of them says that this is the master. */
  boolean agreeOn(TestRedis master) {
    return ports.stream().allMatch(port -> with(port, TestSentinels::masterPort) == master.port());
  }

  private static int masterPort(RedisSentinelCommands<String, String> sentinel) {
    return ((InetSocketAddress) sentinel.getMasterAddrByName(MASTER)).getPort();
  }

  private <T> T withFirst(Function<RedisSentinelCommands<String, String>, T> work) {
    return with(ports.get(0), work);
  }

  private <T> T with(int port, Function<RedisSentinelCommands<String, String>, T> work) {
    try (var connection =
        client.connectSentinel(
            RedisURI.Builder.sentinel("127.0.0.1", port, MASTER)
                .withTimeout(Duration.ofSeconds(5))
                .build())) {
      return work.apply(connection.sync());
    }
  }

  void kill() {
    for (Process process : processes) {
      process.destroyForcibly();
      process.onExit().join();
    }
    processes.clear();
  }

  @Override
  public void close() {
    kill();
    client.shutdown(Duration.ZERO, Duration.ZERO);
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }
}
