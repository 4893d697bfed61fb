package io.github.rediscached.agent.jmx;

import io.github.rediscached.agent.stats.CacheStats;
import java.util.ArrayList;
import java.util.List;

/**
 * One look at the counters of a cache, and what they say about why it answers few requests. {@link
 * Advice} takes it, since the counters move on while it compares. It never looks at entries or
 * settings, so it names a reason only where a figure shows it.
 */
record CacheFigures(
    String name,
    long hits,
    long misses,
    long loads,
    long loadFailures,
    long puts,
    long notStored,
    long evictions,
    long errors,
    long bypasses) {

  static CacheFigures of(CacheStats stats) {
    return new CacheFigures(
        stats.cache(),
        stats.hits(),
        stats.misses(),
        stats.loads(),
        stats.loadFailures(),
        stats.puts(),
        stats.notStored(),
        stats.evictions(),
        stats.errors(),
        stats.bypasses());
  }

  long requests() {
    return hits + misses;
  }

  /** Hits in a hundred requests, rounded down. */
  int hitPercent() {
    return requests() == 0 ? 0 : (int) (hits * 100 / requests());
  }

  /** Whether there are enough requests to judge the hit rate, and it is poor. */
  boolean hasPoorHitRate() {
    return requests() >= Advice.ENOUGH_REQUESTS && hitPercent() < Advice.POOR_PERCENT;
  }

  /** Whether there are enough calls to judge, and most of them are not looked up. */
  boolean isMostlyBypassed() {
    return bypasses >= Advice.ENOUGH_REQUESTS && bypasses > requests();
  }

  /** A sentence for each figure that explains many of the misses; empty if none does. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (explainsMisses(bypasses)) {
      reasons.add(
          Advice.format(
              "%,d further calls were not looked up (Bypasses), so they have stored nothing: unless"
                  + " `condition` excludes them, the log says why.",
              bypasses));
    }
    if (explainsMisses(evictions)) {
      reasons.add(
          Advice.format(
              "Methods of this JVM have evicted from it %,d times (Evictions). Let them evict by"
                  + " key or tag in place of the whole cache, or do not cache what changes as often"
                  + " as it is read.",
              evictions));
    }
    if (explainsMisses(notStored)) {
      reasons.add(
          Advice.format("%,d results were not stored (NotStored): the log says why.", notStored));
    }
    long unwanted = loads - puts - notStored;
    if (explainsMisses(unwanted)) {
      reasons.add(
          Advice.format(
              "%,d results were not kept (Loads less Puts): `unless` or `cacheNull: false` excludes"
                  + " them, or they were evicted during their load.",
              unwanted));
    }
    if (explainsMisses(loadFailures)) {
      reasons.add(
          Advice.format(
              "The methods have thrown %,d times (LoadFailures): `cachedExceptions` says which"
                  + " exceptions are to be cached.",
              loadFailures));
    }
    if (explainsMisses(errors)) {
      reasons.add(
          Advice.format(
              "Redis failed or answered too late %,d times (Errors): the log says why.", errors));
    }
    return reasons;
  }

  private boolean explainsMisses(long count) {
    return count * 100 >= misses * Advice.REASON_PERCENT;
  }
}
