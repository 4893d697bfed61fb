package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.thread.DaemonThreads;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Keeps a connection to Redis, on a daemon thread of its own, and tries for ever. Thread-safe. */
final class Connector {

  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final RedisAccess access;
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
  Connector(RedisAccess access, long patienceNanos, AgentLog log) {
    this.access = access;
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
                  log.warn(
                      "gave up connecting to " + access.shownUri() + ", nothing is cached: " + e);
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
    long deadline = firstWaitNanos.get() + access.connectTimeout().toNanos();
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
    Clients clients = new Clients(access, log);
    RedisClient client = clients.client(clients.configured());
    long pauseMillis = SHORTEST_PAUSE_MILLIS;
    ConnectionReport report =
        new ConnectionReport(access.shownUri(), untrackedTtl, log, System::nanoTime);
    while (true) {
      Link next = connect(client, clients.resources(), report);
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
    long timeoutNanos = access.connectTimeout().toNanos();
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
}
