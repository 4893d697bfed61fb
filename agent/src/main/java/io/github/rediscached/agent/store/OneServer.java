package io.github.rediscached.agent.store;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connection to a Redis that is one server, or whose Sentinels name one. Thread-safe. */
final class OneServer implements Connections, Connector.User {

  private static final int MOST_FAILURES_TO_LISTEN = 2;

  private final Setup setup;
  private final FirstAttempt firstAttempt;
  private final Runnable foundCluster;
  private final Connector connector;
  private volatile boolean handedOver;

  /** Attempts to listen on which a connection has ended; on the thread that connects. */
  private int failuresToListen;

  /**
   * @param foundCluster called instead of a connection if the server is one of a cluster, and the
   *     settings do not say that it counts as a single one
   */
  OneServer(Setup setup, FirstAttempt firstAttempt, Runnable foundCluster) {
    this.setup = setup;
    this.firstAttempt = firstAttempt;
    this.foundCluster = foundCluster;
    this.connector = new Connector(setup, setup.access.shownUri(), this);
  }

  @Override
  public void start() {
    connector.start();
  }

  @Override
  public void close() {
    connector.stop();
  }

  @Override
  public RedisURI address(Clients clients) {
    return clients.configured();
  }

  @Override
  public Link link(StatefulRedisConnectionImpl<byte[], byte[]> connection) {
    return new Link(
        connection,
        setup.clients().configured().getHost(),
        setup.clients().resources().socketThread(),
        setup.patienceNanos,
        setup.changes,
        true);
  }

  @Override
  public boolean admit(Link link, Handshake handshake) throws StoreUnavailableException {
    if (setup.access.mode() == RedisAccess.Mode.AUTO
        && "cluster".equals(handshake.info().get("redis_mode"))) {
      handedOver = true;
      foundCluster.run();
      return false;
    }
    if (!link.isTracking() && setup.changes != RedisStore.ChangeListener.NONE) {
      listen(handshake);
    }
    if (setup.hook != null) {
      setup.hook.connected(handshake);
    }
    return true;
  }

  /** A proxy may end a connection that subscribes, and yet be good for all the rest. */
  private void listen(Handshake handshake) throws StoreUnavailableException {
    if (failuresToListen < MOST_FAILURES_TO_LISTEN) {
      failuresToListen++;
      handshake.listen(setup.changes);
    } else {
      handshake.notListening("a connection that subscribes is ended");
    }
    failuresToListen = 0;
  }

  @Override
  public void attempted() {
    // Else the cluster says when its first attempt is over.
    if (!handedOver) {
      firstAttempt.over();
    }
  }

  @Override
  public void lost(Link link) {}

  @Override
  public @Nullable Route present(byte[] key) {
    Link link = connector.present();
    return link == null ? null : link.route();
  }

  @Override
  public List<Link> links() {
    Link link = connector.present();
    return link == null ? List.of() : List.of(link);
  }

  @Override
  public boolean isConnected() {
    return connector.present() != null;
  }

  @Override
  public Unlinked unlink(byte[][] keys, long buckets, long timeoutNanos) {
    Link link = connector.present();
    if (link == null) {
      return new Unlinked(buckets, null);
    }
    try {
      byte[] @Nullable [] ignored = setup.announcements.unlink(link, keys).await(timeoutNanos);
      return Unlinked.ALL;
    } catch (RequestFailedException e) {
      return new Unlinked(buckets, e);
    }
  }

  @Override
  public RedisStore.Deleted unlinkMatching(byte[] pattern, long deadlineNanos, long timeoutNanos)
      throws RequestFailedException, StoreUnavailableException {
    Link link = present();
    Scan scan = new Scan(link, pattern, timeoutNanos);
    long keys = 0;
    while (scan.next()) {
      byte[][] found = scan.found();
      if (found.length > 0) {
        keys +=
            RedisStore.number(setup.announcements.unlinkCounted(link, found).await(timeoutNanos));
        Arrays.stream(found).forEach(setup.changes::changed);
      }
      if (System.nanoTime() - deadlineNanos >= 0) {
        return new RedisStore.Deleted(keys, scan.isComplete());
      }
    }
    if (!link.isTracking()) {
      // Other JVMs may have in memory what Redis has lost, so that no pattern finds it.
      setup.announcements.unlinkMark(link).await(timeoutNanos);
    }
    return new RedisStore.Deleted(keys, true);
  }

  private Link present() throws StoreUnavailableException {
    Link link = connector.present();
    if (link == null) {
      throw StoreUnavailableException.notConnected();
    }
    return link;
  }

  @Override
  public long bucketOf(byte[] entry) {
    return RedisStore.ALL_BUCKETS;
  }

  @Override
  public Object serverOf(byte[] key) {
    return RedisStore.ONE_SERVER;
  }

  @Override
  public void prove() {
    Link link = connector.present();
    if (link != null) {
      link.prove();
    }
  }

  @Override
  public void refused(@Nullable String error) {}

  @Override
  public long reconnects() {
    return connector.reconnects();
  }
}
