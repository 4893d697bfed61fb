package io.github.rediscached.agent.store;

import io.github.rediscached.agent.thread.DaemonThreads;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to one server, on a daemon thread of its own, and tries until it is stopped.
 * Thread-safe.
 */
final class Connector {

  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final Setup setup;
  private final String shownAddress;
  private final User user;
  private final AtomicLong connects = new AtomicLong();
  private volatile @Nullable Link link;
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /**
   * The server's side of the store, which uses the connection. Called on the thread that connects.
   */
  interface User {

    /** Where the server is. */
    RedisURI address(Clients clients);

    /** Makes the connection; the listener of changes is the user's. */
    Link link(StatefulRedisConnectionImpl<byte[], byte[]> connection);

    /**
     * Does what has to be done before anybody else uses a new connection.
     *
     * @return false if it is not needed: then the connector stops
     */
    boolean admit(Link link, Handshake handshake) throws StoreUnavailableException;

    /** A first or further attempt has ended. */
    void attempted();

    /** A connection that was admitted has ended. */
    void lost(Link link);
  }

  /**
   * @param shownAddress of the server, for people, without a password
   */
  Connector(Setup setup, String shownAddress, User user) {
    this.setup = setup;
    this.shownAddress = shownAddress;
    this.user = user;
  }

  /** Once. */
  void start() {
    Thread made =
        DaemonThreads.named(
            "rediscached-connect",
            new Runnable() {
              @Override
              public void run() {
                try {
                  stayConnected();
                } catch (Throwable e) {
                  if (!stopped) {
                    setup.log.warn("gave up connecting to " + shownAddress + ": " + e);
                  }
                } finally {
                  user.attempted();
                }
              }
            });
    thread = made;
    made.start();
  }

  /** Closes the connection, and makes no further one. */
  void stop() {
    stopped = true;
    Link present = link;
    if (present != null) {
      present.giveUp();
    }
    Thread its = thread;
    if (its != null) {
      its.interrupt();
    }
  }

  /** The connection, if there is one that was admitted; never waits. */
  @Nullable Link present() {
    Link present = link;
    return present != null && present.isOpen() ? present : null;
  }

  /** Connections made after the first one. */
  long reconnects() {
    return Math.max(0, connects.get() - 1);
  }

  private void stayConnected() throws InterruptedException {
    Clients clients = setup.clients();
    RedisClient client = clients.client(user.address(clients));
    long pauseMillis = SHORTEST_PAUSE_MILLIS;
    ConnectionReport report =
        new ConnectionReport(shownAddress, setup.untrackedTtl, setup.log, System::nanoTime);
    while (!stopped) {
      Link next = connect(client, report);
      user.attempted();
      if (next != null) {
        long sinceNanos = System.nanoTime();
        report.connected();
        next.awaitEnd();
        link = null;
        user.lost(next);
        next.close();
        if (System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS)) {
          pauseMillis = SHORTEST_PAUSE_MILLIS;
        }
        if (!stopped) {
          report.lost();
        }
      }
      if (!stopped) {
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private @Nullable Link connect(RedisClient client, ConnectionReport report) {
    long timeoutNanos = setup.access.connectTimeout().toNanos();
    long beginNanos = System.nanoTime();
    try {
      Link made =
          user.link(
              (StatefulRedisConnectionImpl<byte[], byte[]>)
                  client.connect(ByteArrayCodec.INSTANCE));
      boolean admitted = false;
      try {
        // A first connection may have used up its time for loading classes, and yet be a good one.
        long deadlineNanos =
            System.nanoTime()
                + Math.max(beginNanos + timeoutNanos - System.nanoTime(), timeoutNanos / 2);
        Handshake handshake = new Handshake(made, setup.announcements, deadlineNanos);
        handshake.greet(setup.scripts);
        if (!user.admit(made, handshake)) {
          stopped = true;
          return null;
        }
        admitted = true;
        if (!made.isTracking() && setup.changes != RedisStore.ChangeListener.NONE) {
          report.untracked(
              made.isTold() ? setup.toldTtl : null, handshake.untracked(), handshake.unheard());
        }
      } finally {
        if (!admitted) {
          made.close();
        }
      }
      connects.incrementAndGet();
      link = made;
      return made;
    } catch (RuntimeException | Error | StoreUnavailableException e) {
      if (!stopped) {
        report.failed(e);
      }
      return null;
    }
  }
}
