package io.github.rediscached.it;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import redis.embedded.RedisExecProvider;

/**
 * A real Redis. {@link #shared} is the one of {@code REDIS_TEST_URL} if set, else one in a
 * container where a Docker engine answers, else the embedded binary; {@link #start} is always a
 * process of its own, which may be killed. The system property {@code rediscached.redis} is the
 * program of another Redis, or of Valkey, for all of them.
 */
public final class TestRedis implements AutoCloseable {

  /** One of a cluster also listens on the port that is 10,000 higher. */
  private static final int HIGHEST_PORT = 55_535;

  private static final @Nullable String GIVEN_PROGRAM = System.getProperty("rediscached.redis");

  private static @Nullable TestRedis shared;

  private final String uri;
  private final List<String> command;
  private @Nullable Process process;
  private final RedisClient client;
  private @Nullable StatefulRedisConnection<String, String> connection;

  private TestRedis(String uri, List<String> command) {
    this.uri = uri;
    this.command = command;
    this.client = RedisClient.create(uri);
  }

  /**
   * The same for all tests of a run: never stop it, never flush it, use a namespace of your own.
   */
  public static synchronized TestRedis shared() {
    if (shared == null) {
      String given = System.getenv("REDIS_TEST_URL");
      if (GIVEN_PROGRAM != null) {
        shared = start();
      } else if (given != null && !given.isBlank()) {
        shared = new TestRedis(given, List.of());
      } else if (dockerAnswers()) {
        shared = inContainer();
      } else {
        shared = start();
      }
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** A process of its own, empty, with these options of redis-server. */
  public static TestRedis start(String... options) {
    int port = freePort();
    List<String> command = new ArrayList<>();
    try {
      command.add(program());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", ""));
    command.addAll(List.of(options));
    TestRedis redis = new TestRedis("redis://127.0.0.1:" + port, command);
    redis.restart();
    return redis;
  }

  /** Of {@code rediscached.redis}, else the embedded one. */
  static String program() throws IOException {
    return GIVEN_PROGRAM == null
        ? RedisExecProvider.defaultProvider().get().getPath()
        : GIVEN_PROGRAM;
  }

  static int freePort() {
    while (true) {
      try (ServerSocket socket = new ServerSocket(0)) {
        if (socket.getLocalPort() <= HIGHEST_PORT) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static String newNamespace() {
    return "it-" + UUID.randomUUID();
  }

  public String uri() {
    return uri;
  }

  /** Makes a user with these rules, and says where it finds this Redis. */
  String uriOf(String user, String password, String... rules) {
    CommandArgs<String, String> arguments =
        new CommandArgs<>(StringCodec.UTF8).addValues("SETUSER", user, "on", ">" + password);
    commands()
        .dispatch(
            CommandType.ACL, new StatusOutput<>(StringCodec.UTF8), arguments.addValues(rules));
    return "redis://" + user + ":" + password + "@" + host() + ":" + port();
  }

  /** The keys that match, but those of leases: a lease is given back in the background. */
  List<String> entries(String pattern) {
    return commands().keys(pattern).stream().filter(key -> !key.endsWith(":~l")).toList();
  }

  String host() {
    return RedisURI.create(uri).getHost();
  }

  int port() {
    return RedisURI.create(uri).getPort();
  }

  synchronized RedisCommands<String, String> commands() {
    if (connection == null) {
      connection = client.connect();
    }
    return connection.sync();
  }

  /** Ends all other connections of clients. */
  void cutConnections() {
    commands().clientKill(KillArgs.Builder.typeNormal().skipme());
    commands().clientKill(KillArgs.Builder.typePubsub());
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    Process running = own();
    running.destroyForcibly();
    running.onExit().join();
  }

  /** Freezes the process: it keeps its connections and answers nothing. */
  public void freeze() {
    signal("-STOP");
  }

  public void thaw() {
    signal("-CONT");
  }

  /** Starts the process, on the same port. */
  public void restart() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Eventually.eventually("Redis listens", this::listens);
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ZERO);
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private boolean listens() throws IOException {
    try (Socket socket = new Socket(host(), port())) {
      return socket.isConnected();
    }
  }

  private Process own() {
    if (process == null) {
      throw new IllegalStateException("the shared Redis is nobody's to stop");
    }
    return process;
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(own().pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean dockerAnswers() {
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      return false;
    }
  }

  @SuppressWarnings("resource") // Ends with the JVM.
  private static TestRedis inContainer() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse("redis:7.4-alpine")).withExposedPorts(6379);
    container.start();
    return new TestRedis(
        "redis://" + container.getHost() + ":" + container.getMappedPort(6379), List.of());
  }
}
