package io.github.rediscached.agent.call;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long and how large the entries of a method may be.
 *
 * @param ttl how long an entry is fresh at most
 * @param ttlJitter by which part of it, 0 to 1, that may be shorter, so that entries stored
 *     together do not expire together
 * @param maxValueSizeBytes larger values are not stored
 * @param refreshAfter at which age an entry is loaded anew in the background; null for never
 * @param staleOnError how long beyond its TTL an entry may serve where the method fails; null for
 *     not at all
 */
public record EntryPolicy(
    Duration ttl,
    double ttlJitter,
    long maxValueSizeBytes,
    @Nullable Duration refreshAfter,
    @Nullable Duration staleOnError) {

  /** The same for a method that says something of its own. */
  EntryPolicy with(
      @Nullable Duration ownTtl,
      @Nullable Duration ownRefreshAfter,
      @Nullable Duration ownStaleOnError) {
    return new EntryPolicy(
        ownTtl == null ? ttl : ownTtl,
        ttlJitter,
        maxValueSizeBytes,
        ownRefreshAfter,
        ownStaleOnError);
  }

  /** How long the next entry is fresh, at least one millisecond and never longer than the TTL. */
  long ttlMillis(RandomGenerator random) {
    long longest = ttl.toMillis();
    return Math.max(1, longest - (long) (longest * ttlJitter * random.nextDouble()));
  }

  /** How long an entry is in Redis at most. */
  long lifeMillis() {
    return ttl.toMillis() + staleOnErrorMillis();
  }

  long staleOnErrorMillis() {
    return staleOnError == null ? 0 : staleOnError.toMillis();
  }

  /**
   * Whether an entry is to be loaded anew now: at the age {@code refreshAfter}, or by chance
   * earlier, the more likely the longer its load takes, so that it is there before all need it.
   * This is XFetch (Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede
   * Prevention, VLDB 2015) with its parameter β = 1.
   */
  boolean isToBeRefreshed(long ageMillis, long loadMicros, RandomGenerator random) {
    if (refreshAfter == null) {
      return false;
    }
    // 1 - r is never 0, of which there is no logarithm.
    double ahead = -Math.log(1 - random.nextDouble()) * loadMicros / 1_000;
    return ageMillis + ahead >= refreshAfter.toMillis();
  }
}
