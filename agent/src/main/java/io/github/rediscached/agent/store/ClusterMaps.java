package io.github.rediscached.agent.store;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the servers of a cluster which of them serves what: those that are connected, else those
 * that the settings name. For the thread of {@link Cluster}, but for {@link #areMoving}.
 */
final class ClusterMaps {

  static final CommandType INFO = CommandType.CLUSTER;
  static final byte[] INFO_ARGUMENT = ascii("INFO");
  private static final byte[] NODES = ascii("NODES");

  private static final String EPOCH = "cluster_current_epoch:";
  private static final String OK = "cluster_state:ok";

  private final Setup setup;
  private final ConnectionReport report;
  private final Map<RedisURI, RedisClient> seeds = new LinkedHashMap<>();

  /**
   * A map of the cluster.
   *
   * @param epoch which changes whenever slots get another master; as it was right before
   */
  record Known(ClusterNodes nodes, long epoch) {}

  ClusterMaps(Setup setup) {
    this.setup = setup;
    this.report =
        new ConnectionReport(
            setup.access.shownUri(), setup.untrackedTtl, setup.log, System::nanoTime);
  }

  /** Null if none of them tells. */
  @Nullable Known ask(List<Link> connected) {
    for (Link link : connected) {
      try {
        return ask(link);
      } catch (RequestFailedException e) {
        // The next one.
      }
    }
    if (seeds.isEmpty()) {
      Clients clients = setup.clients();
      for (RedisURI seed : clients.allConfigured()) {
        seeds.put(seed, clients.client(seed));
      }
    }
    Throwable failure = null;
    for (Map.Entry<RedisURI, RedisClient> seed : seeds.entrySet()) {
      try {
        Known known = askOnce(seed.getKey().getHost(), seed.getValue());
        report.connected();
        return known;
      } catch (RequestFailedException | RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      report.failed(failure);
    }
    return null;
  }

  private Known askOnce(String host, RedisClient seed) throws RequestFailedException {
    Link link =
        new Link(
            (StatefulRedisConnectionImpl<byte[], byte[]>) seed.connect(ByteArrayCodec.INSTANCE),
            host,
            setup.clients().resources().socketThread(),
            setup.patienceNanos,
            RedisStore.ChangeListener.NONE,
            false);
    try {
      return ask(link);
    } finally {
      link.close();
    }
  }

  private Known ask(Link link) throws RequestFailedException {
    long timeoutNanos = setup.access.connectTimeout().toNanos();
    // In this order: a change between the two shows in the epoch later.
    String info = text(link.ask(INFO, timeoutNanos, INFO_ARGUMENT));
    String nodes = text(link.ask(CommandType.CLUSTER, timeoutNanos, NODES));
    return new Known(
        ClusterNodes.parse(nodes, link.host(), setup.clients().verifiesNames()), epochIn(info));
  }

  /** Whether slots are on their way from one server to another. */
  boolean areMoving(List<Link> links) throws RequestFailedException {
    for (Link link : links) {
      String nodes =
          text(link.ask(CommandType.CLUSTER, setup.access.connectTimeout().toNanos(), NODES));
      if (ClusterNodes.parse(nodes, link.host(), false).moving()) {
        return true;
      }
    }
    return false;
  }

  /** Whether CLUSTER INFO says that all is well, and names this epoch. */
  static boolean isOf(byte[] @Nullable [] info, long epoch) {
    String said = text(info);
    return said.contains(OK) && epochIn(said) == epoch;
  }

  private static long epochIn(String info) {
    int at = info.indexOf(EPOCH);
    if (at < 0) {
      return -2;
    }
    long epoch = 0;
    for (int i = at + EPOCH.length(); i < info.length(); i++) {
      char c = info.charAt(i);
      if (c < '0' || c > '9') {
        break;
      }
      epoch = 10 * epoch + c - '0';
    }
    return epoch;
  }

  private static String text(byte[] @Nullable [] answer) {
    byte[] text = answer.length == 0 ? null : answer[0];
    return text == null ? "" : new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
