package io.github.rediscached.agent.store;

import io.github.rediscached.agent.store.ClusterNodes.Address;
import org.jspecify.annotations.Nullable;

/**
 * What a server of a cluster answers to a command whose keys it does not serve, or not all of them:
 * MOVED, ASK and the like (<a
 * href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Cluster
 * specification</a>).
 */
final class Redirection {

  private Redirection() {}

  /** Whether the map of the cluster may be an old one. */
  static boolean is(@Nullable String error) {
    return error != null
        && (error.startsWith("MOVED ")
            || error.startsWith("CLUSTERDOWN")
            || error.startsWith("READONLY")
            || isMoving(error));
  }

  /** Whether the slot is on its way to another server. */
  static boolean isMoving(@Nullable String error) {
    return error != null && (error.startsWith("ASK ") || error.startsWith("TRYAGAIN"));
  }

  /** Where ASK points to, with an empty host for the one that has said so; null if it is none. */
  static @Nullable Address asked(@Nullable String error) {
    return error != null && error.startsWith("ASK ") ? named(error) : null;
  }

  /** The server that it names; null if it names none. */
  static @Nullable Address named(@Nullable String error) {
    return error != null && (error.startsWith("ASK ") || error.startsWith("MOVED "))
        ? Address.parse(error.substring(error.lastIndexOf(' ') + 1))
        : null;
  }
}
