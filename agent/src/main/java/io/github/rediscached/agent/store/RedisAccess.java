package io.github.rediscached.agent.store;

import java.time.Duration;

/**
 * How Redis is reached.
 *
 * @param uri with its password, if any
 * @param shownUri the same without it, for people
 * @param timeout how long a look-up may take
 * @param connectTimeout how long a connection may take to be made, and how long the first look-up
 *     waits for it
 * @param mode what it is
 */
public record RedisAccess(
    String uri, String shownUri, Duration timeout, Duration connectTimeout, Mode mode) {

  /** What Redis is. */
  public enum Mode {
    /** What it says of itself. */
    AUTO,
    /** One server, be it for all slots of a cluster. */
    STANDALONE,
    /** A cluster, whose keys are in buckets. */
    CLUSTER
  }

  /** Without the password. */
  @Override
  public String toString() {
    return shownUri;
  }
}
