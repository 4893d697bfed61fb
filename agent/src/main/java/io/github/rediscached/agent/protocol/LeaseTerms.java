package io.github.rediscached.agent.protocol;

/**
 * How long a lease lives, and what its entry depends on.
 *
 * @param leaseMillis how long the load may take
 * @param lifeMillis how long the entry lives
 * @param keep whether to prolong the versions that all calls of the cache use
 */
public record LeaseTerms(long leaseMillis, long lifeMillis, boolean keep) {

  /** Versions that no miss has used for a day expire. */
  private static final long MIN_RETENTION_MILLIS = 86_400_000;

  /** So the versions outlive every entry that depends on them. */
  private static final int RETENTION_PER_LIFE = 4;

  /** How long versions live that an entry with such a life depends on. */
  static long retentionMillis(long lifeMillis) {
    return Math.max(MIN_RETENTION_MILLIS, RETENTION_PER_LIFE * lifeMillis);
  }
}
