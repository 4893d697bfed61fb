package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.DaemonThreads;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to Redis, on a daemon thread of its own, and tries for ever. Lettuce's own
 * reconnecting is not used: it would send again what was on its way when the connection broke, and
 * store values that have become old meanwhile. Thread-safe.
 */
final class Connector {

  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final int MAX_QUEUED_COMMANDS = 20_000;

  private final String uri;
  private final String redactedUri;
  private final Duration connectTimeout;
  private final long patienceNanos;
  private final AgentLog log;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch firstAttempt = new CountDownLatch(1);
  private final AtomicLong firstWaitNanos = new AtomicLong();
  private final AtomicLong connects = new AtomicLong();
  private List<Script> scripts = List.of();
  private RedisStore.@Nullable ConnectionHook hook;
  private RedisStore.ChangeListener changes = RedisStore.ChangeListener.NONE;
  private @Nullable Duration untrackedTtl;
  private volatile @Nullable Link link;

  /**
   * @param patienceNanos see {@link Link}
   */
  Connector(
      String uri, String redactedUri, Duration connectTimeout, long patienceNanos, AgentLog log) {
    this.uri = uri;
    this.redactedUri = redactedUri;
    this.connectTimeout = connectTimeout;
    this.patienceNanos = patienceNanos;
    this.log = log;
  }

  /** Before the start only. */
  void scripts(List<Script> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /** Before the start only. */
  void onConnect(RedisStore.ConnectionHook hook) {
    this.hook = hook;
  }

  /** Before the start only. */
  void onChange(RedisStore.ChangeListener listener) {
    this.changes = listener;
  }

  /** Before the start only. */
  void keepUntracked(Duration ttl) {
    this.untrackedTtl = ttl;
  }

  void start() {
    if (started.get() || !started.compareAndSet(false, true)) {
      return;
    }
    DaemonThreads.named(
            "rediscached-connect",
            new Runnable() {
              @Override
              public void run() {
                try {
                  stayConnected();
                } catch (Throwable e) {
                  log.warn("gave up connecting to " + redactedUri + ", nothing is cached: " + e);
                } finally {
                  firstAttempt.countDown();
                }
              }
            })
        .start();
  }

  /**
   * The connection, or null while there is none. Who asks first waits for the first attempt, at
   * most the connect timeout, and so does who asks meanwhile; later nobody waits.
   */
  @Nullable Link link() {
    Link present = link;
    if (present == null && firstAttempt.getCount() != 0 && started.get()) {
      awaitFirstAttempt();
      present = link;
    }
    return present != null && present.isOpen() ? present : null;
  }

  /** The same, but never waits. */
  @Nullable Link presentLink() {
    Link present = link;
    return present != null && present.isOpen() ? present : null;
  }

  boolean isConnected() {
    return presentLink() != null;
  }

  /** Connections made after the first one. */
  long reconnects() {
    return Math.max(0, connects.get() - 1);
  }

  private void awaitFirstAttempt() {
    long now = System.nanoTime();
    firstWaitNanos.compareAndSet(0, now == 0 ? 1 : now);
    long deadline = firstWaitNanos.get() + connectTimeout.toNanos();
    boolean interrupted = false;
    while (true) {
      try {
        if (!firstAttempt.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          firstAttempt.countDown();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stayConnected() throws InterruptedException {
    // Netty's own choice would be java.util.logging, which the application may still configure.
    // The SLF4J in the jar writes nothing.
    InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    LettuceResources resources = new LettuceResources();
    RedisClient client = client(resources);
    long pauseMillis = SHORTEST_PAUSE_MILLIS;
    ConnectionReport report =
        new ConnectionReport(redactedUri, untrackedTtl, log, System::nanoTime);
    while (true) {
      Link next = connect(client, resources, report);
      firstAttempt.countDown();
      if (next != null) {
        long sinceNanos = System.nanoTime();
        report.connected();
        next.awaitEnd();
        link = null;
        next.close();
        if (System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS)) {
          pauseMillis = SHORTEST_PAUSE_MILLIS;
        }
        report.lost();
      }
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }
  }

  private @Nullable Link connect(
      RedisClient client, LettuceResources resources, ConnectionReport report) {
    long timeoutNanos = connectTimeout.toNanos();
    long beginNanos = System.nanoTime();
    try {
      Link made =
          new Link(
              (StatefulRedisConnectionImpl<byte[], byte[]>) client.connect(ByteArrayCodec.INSTANCE),
              resources.socketThread(),
              patienceNanos,
              changes);
      boolean greeted = false;
      try {
        // A first connection may have used up its time for loading classes, and yet be a good one.
        long deadlineNanos =
            System.nanoTime()
                + Math.max(beginNanos + timeoutNanos - System.nanoTime(), timeoutNanos / 2);
        new Handshake(made, deadlineNanos).greet(scripts, hook);
        greeted = true;
      } finally {
        if (!greeted) {
          made.close();
        }
      }
      if (!made.isTracking() && changes != RedisStore.ChangeListener.NONE) {
        report.untracked();
      }
      connects.incrementAndGet();
      link = made;
      return made;
    } catch (RuntimeException | Error | StoreUnavailableException e) {
      report.failed(e);
      return null;
    }
  }

  private RedisClient client(LettuceResources resources) {
    RedisURI redisUri = RedisURI.create(uri);
    redisUri.setTimeout(connectTimeout);
    RedisClient client = new BareClient(resources, redisUri);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_QUEUED_COMMANDS)
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(connectTimeout)
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build())
            // Each look-up has its own deadline; Lettuce would start a timer for every command.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
    return client;
  }
}
