package io.github.rediscached.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Stands between the agent and Redis, and misbehaves when told to. */
final class TcpProxy implements AutoCloseable {

  private final ServerSocket server;
  private final String host;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean hangingRequests;
  private volatile boolean hangingAnswers;
  private volatile boolean refusing;
  private volatile @Nullable String hangingBefore;
  private volatile Map<String, String> replacements = Map.of();
  private volatile boolean trickling;
  private volatile Duration delay = Duration.ZERO;

  /** In front of this Redis. */
  TcpProxy(TestRedis redis) {
    this(redis, "127.0.0.1", 0);
  }

  /**
   * @param address where it listens
   * @param listenPort 0 for any
   */
  TcpProxy(TestRedis redis, String address, int listenPort) {
    this.host = redis.host();
    this.port = redis.port();
    try {
      this.server = new ServerSocket(listenPort, 50, InetAddress.getByName(address));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("accept", this::accept);
  }

  String uri() {
    return "redis://127.0.0.1:" + listenPort();
  }

  int listenPort() {
    return server.getLocalPort();
  }

  /** Accepts connections and requests but passes nothing on, as a frozen host does. */
  void hang(boolean on) {
    hangingRequests = on;
    hangingAnswers = on;
  }

  /** Passes requests on, but no answers: commands are done that nobody hears of. */
  void hangAnswers(boolean on) {
    hangingAnswers = on;
  }

  /** Passes a request on up to this word and no further, until it is null again. */
  void hangBefore(@Nullable String word) {
    hangingBefore = word;
  }

  /** Passes these texts of requests on as others of the same length; of connections to come. */
  void rewrite(Map<String, String> texts) {
    replacements = texts;
  }

  /** Resets what is connected, and each new connection as soon as it comes. */
  void refuse(boolean on) {
    refusing = on;
    if (on) {
      reset();
    }
  }

  /** Each chunk of an answer is so late. */
  void delay(Duration delay) {
    this.delay = delay;
  }

  /** One byte a second, there and back. */
  void trickle(boolean on) {
    trickling = on;
  }

  /** Resets what is connected (RST). */
  void reset() {
    for (Socket socket : sockets) {
      resetQuietly(socket);
    }
  }

  int connections() {
    return sockets.size() / 2;
  }

  @Override
  public void close() throws IOException {
    server.close();
    reset();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (refusing) {
          resetQuietly(client);
          continue;
        }
        Socket redis = connectFor(client);
        client.setTcpNoDelay(true);
        redis.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(redis);
        daemon("requests", () -> pass(client, redis, false));
        daemon("answers", () -> pass(redis, client, true));
      } catch (IOException e) {
        // Closed, or Redis is away; the client sees the same.
      }
    }
  }

  private Socket connectFor(Socket client) throws IOException {
    try {
      return new Socket(host, port);
    } catch (IOException e) {
      resetQuietly(client);
      throw e;
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] chunk = new byte[16_384];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out =
          answers || replacements.isEmpty()
              ? to.getOutputStream()
              : new RewritingStream(to.getOutputStream(), replacements);
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (answers && !delay.isZero()) {
          LockSupport.parkNanos(delay.toNanos());
        }
        while ((answers ? hangingAnswers : hangingRequests) && !from.isClosed()) {
          LockSupport.parkNanos(1_000_000);
        }
        int passed = answers ? 0 : passUpToWord(chunk, n, out);
        while (passed > 0 && hangingBefore != null && !from.isClosed()) {
          LockSupport.parkNanos(1_000_000);
        }
        while (trickling && passed < n) {
          out.write(chunk[passed++]);
          LockSupport.parkNanos(1_000_000_000);
        }
        out.write(chunk, passed, n - passed);
      }
    } catch (IOException e) {
      // One side is gone, so the other is closed as well.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private int passUpToWord(byte[] chunk, int length, OutputStream out) throws IOException {
    String word = hangingBefore;
    int at =
        word == null ? -1 : new String(chunk, 0, length, StandardCharsets.ISO_8859_1).indexOf(word);
    if (at <= 0) {
      return 0;
    }
    out.write(chunk, 0, at);
    return at;
  }

  private static void resetQuietly(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (SocketException e) {
      // Closed already.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }
}
