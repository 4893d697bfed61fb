package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/** A real Redis for one test class, which may flush it, freeze it and cut its connections. */
public final class OwnRedis implements AutoCloseable {

  /** Longer than anything takes on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;

  /** One of a cluster also listens on the port that is 10,000 higher. */
  private static final int HIGHEST_PORT = 55_535;

  private final List<String> command = new ArrayList<>();
  private final RedisClient client;
  private Process process;
  private @Nullable StatefulRedisConnection<String, String> connection;

  /** With these options of redis-server. */
  public OwnRedis(String... options) {
    try {
      port = freePort();
      String given = System.getProperty("rediscached.redis");
      command.add(given == null ? RedisExecProvider.defaultProvider().get().getPath() : given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", ""));
    command.addAll(List.of(options));
    client = RedisClient.create(uri());
    process = start();
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

  int port() {
    return port;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Not connected yet; patient enough for a busy machine. */
  RedisStore store() {
    return store(uri(), Duration.ofSeconds(20));
  }

  static RedisStore store(String uri, Duration timeout) {
    return store(uri, timeout, Duration.ofSeconds(20));
  }

  static RedisStore store(String uri, Duration timeout, Duration connectTimeout) {
    return new RedisStore(
        new RedisAccess(uri, uri, timeout, connectTimeout, RedisAccess.Mode.STANDALONE),
        "ns",
        new AgentLog(System.err));
  }

  public RedisStore connectedStore() {
    RedisStore store = store();
    store.connect();
    eventually("connected", store::connected);
    return store;
  }

  /** Another client. */
  public synchronized RedisCommands<String, String> commands() {
    if (connection == null) {
      connection = client.connect();
    }
    return connection.sync();
  }

  /** Ends all connections but the one of {@link #commands}. */
  void cutConnections() {
    commands().clientKill(KillArgs.Builder.typeNormal().skipme());
  }

  /** A number from INFO. */
  long info(String name) {
    for (String line : commands().info().lines().toList()) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.substring(name.length() + 1).strip());
      }
    }
    throw new AssertionError(name);
  }

  /** How often clients have called this command. */
  long calls(String command) {
    for (String line : commands().info("commandstats").lines().toList()) {
      if (line.startsWith("cmdstat_" + command + ":calls=")) {
        return Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(',')));
      }
    }
    return 0;
  }

  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void restart() {
    process = start();
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ZERO);
    process.destroyForcibly();
  }

  /** Returns once the condition holds. */
  static void eventually(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(2_000_000);
    }
    throw new AssertionError("not within " + PATIENCE + ": " + what, last);
  }

  /** What was told of a question that Redis has not answered. */
  static StoreUnavailableException unavailable(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof StoreUnavailableException unavailable) {
      return unavailable;
    }
    throw new AssertionError(failure);
  }

  public static RedisStore.ScriptCall call(Script script, byte[][] keys, byte[][] arguments) {
    return new RedisStore.ScriptCall(script, keys, arguments);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static byte[][] all(String... texts) {
    byte[][] all = new byte[texts.length][];
    for (int i = 0; i < texts.length; i++) {
      all[i] = bytes(texts[i]);
    }
    return all;
  }

  public static List<@Nullable String> texts(byte[] @Nullable [] elements) {
    List<@Nullable String> texts = new ArrayList<>();
    for (byte[] element : elements) {
      texts.add(element == null ? null : text(element));
    }
    return texts;
  }

  /** What Redis is sent. */
  public static String text(Script script) {
    return text(script.source());
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Process start() {
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      eventually("Redis listens", this::listens);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
