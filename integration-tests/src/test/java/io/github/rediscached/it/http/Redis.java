package io.github.rediscached.it.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisExecProvider;

/** A real Redis: that of {@code REDIS_TEST_URL}, or a process of its own, which may be ended. */
final class Redis implements AutoCloseable {

  private static @Nullable Redis shared;

  private final String uri;
  private @Nullable Process process;

  private Redis(String uri) {
    this.uri = uri;
  }

  /** The same for all tests of a run: use a namespace of your own. */
  static synchronized Redis shared() {
    Redis present = shared;
    if (present == null) {
      String given = System.getenv("REDIS_TEST_URL");
      present = given == null || given.isBlank() ? start() : new Redis(given);
      Runtime.getRuntime().addShutdownHook(new Thread(present::close));
      shared = present;
    }
    return present;
  }

  static Redis start() {
    Redis redis = new Redis("redis://127.0.0.1:" + freePort());
    redis.restart();
    return redis;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String newNamespace() {
    return "it-" + UUID.randomUUID();
  }

  String uri() {
    return uri;
  }

  /** Starts the process, on the same port. */
  void restart() {
    try {
      process =
          new ProcessBuilder(
                  RedisExecProvider.defaultProvider().get().getPath(),
                  "--bind",
                  "127.0.0.1",
                  "--port",
                  Integer.toString(URI.create(uri).getPort()),
                  "--save",
                  "")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Deadline.await("Redis listens", this::listens);
  }

  private boolean listens() {
    URI address = URI.create(uri);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the process at once, as {@code kill -9} does. */
  void kill() {
    own().destroyForcibly().onExit().join();
  }

  /** Freezes the process: it keeps its connections and answers nothing. */
  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(own().pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process own() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("the Redis of REDIS_TEST_URL is nobody's to stop");
    }
    return running;
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }
}
