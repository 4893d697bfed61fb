package io.github.rediscached.agent.call;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long and how large the entries of a method may be.
 *
 * @param ttl the longest life of an entry
 * @param ttlJitter by which part of it, 0 to 1, a life may be shorter, so that entries stored
 *     together do not expire together
 * @param maxValueSizeBytes larger values are not stored
 */
public record EntryPolicy(Duration ttl, double ttlJitter, long maxValueSizeBytes) {

  /** The life of the next entry, at least one millisecond and never longer than the TTL. */
  long ttlMillis(RandomGenerator random) {
    long longest = ttl.toMillis();
    return Math.max(1, longest - (long) (longest * ttlJitter * random.nextDouble()));
  }
}
