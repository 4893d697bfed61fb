package io.github.rediscached.agent.store;

import io.github.rediscached.agent.store.ClusterNodes.Address;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A master of a {@link Cluster}, and its connection. Thread-safe. */
final class ClusterNode implements Connector.User {

  private final Cluster cluster;
  private final Setup setup;
  private final Address address;
  private final Connector connector;
  private volatile boolean tried;
  private volatile @Nullable Greeted greeted;

  /** A connection, and what its server has said of itself. */
  private record Greeted(Link link, Map<String, String> info) {}

  ClusterNode(Cluster cluster, Setup setup, Address address) {
    this.cluster = cluster;
    this.setup = setup;
    this.address = address;
    this.connector = new Connector(setup, address.toString(), this);
  }

  void start() {
    connector.start();
  }

  void stop() {
    connector.stop();
  }

  boolean wasTried() {
    return tried;
  }

  @Nullable Link present() {
    return connector.present();
  }

  long reconnects() {
    return connector.reconnects();
  }

  @Override
  public RedisURI address(Clients clients) {
    return clients.at(address.host(), address.port());
  }

  @Override
  public Link link(StatefulRedisConnectionImpl<byte[], byte[]> connection) {
    return cluster.newLink(address, connection);
  }

  @Override
  public boolean admit(Link link, Handshake handshake) throws StoreUnavailableException {
    Greeted present = new Greeted(link, handshake.info());
    adopt(present, handshake);
    greeted = present;
    return true;
  }

  /** Serves what has come to this server since its connection was made. */
  void adopt() {
    Greeted present = greeted;
    if (present == null || !present.link.isOpen()) {
      return;
    }
    long deadlineNanos = System.nanoTime() + setup.access.connectTimeout().toNanos();
    try {
      adopt(present, new Handshake(present.link, setup.announcements, deadlineNanos));
    } catch (StoreUnavailableException | RuntimeException e) {
      // The next connection does it.
      present.link.giveUp();
    }
  }

  private synchronized void adopt(Greeted present, Handshake handshake)
      throws StoreUnavailableException {
    Cluster.Missing missing = cluster.missing(this, present.link);
    if (missing.buckets().isEmpty()) {
      return;
    }
    if (setup.hook != null) {
      setup.hook.connected(
          new Adoption(
              cluster.buckets(), missing.buckets(), present.link, present.info, handshake, this));
    }
    cluster.serve(this, present.link, missing);
  }

  @Override
  public void attempted() {
    tried = true;
    cluster.attempted();
  }

  @Override
  public void lost(Link link) {
    greeted = null;
    cluster.wake();
  }
}
