package io.github.rediscached.benchmarks.near;

import io.github.rediscached.benchmarks.ServedCommands;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A cache of which all entries are in memory and right, and that notices if a call needs Redis. */
final class WarmCache implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Contender contender;
  private final Values values;
  private final String uri;
  private final int keys;
  private final Source source;
  private final NearCache cache;
  private State state;

  /** What changes when a call is not answered from memory. */
  private record State(long loads, long farCalls, Map<String, Long> commands) {}

  private WarmCache(Contender contender, Values values, String uri, int keys) {
    this.contender = contender;
    this.values = values;
    this.uri = uri;
    this.keys = keys;
    this.source = new Source(values);
    String prefix = "benchmark-" + UUID.randomUUID() + ':';
    this.cache = contender.open(uri, prefix, keys, values, source);
    this.state = warm();
  }

  /**
   * Fills a cache with the values from 0 on.
   *
   * @throws IllegalStateException if it does not answer from memory then, or answers wrongly
   */
  static WarmCache of(Contender contender, Values values, String uri, int keys) {
    return new WarmCache(contender, values, uri, keys);
  }

  /** The first pass loads; some caches keep only what the second one reads from Redis. */
  private State warm() {
    compareAll();
    if (source.loads() < keys) {
      throw new IllegalStateException(contender + " has entries that nobody has loaded");
    }
    compareAll();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    State before = state();
    while (true) {
      compareAll();
      State after = state();
      if (after.equals(before)) {
        return after;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            contender + " does not answer from memory: " + before + ", then " + after);
      }
      before = after;
    }
  }

  private void compareAll() {
    for (long id = 0; id < keys; id++) {
      if (!cache.find(id).equals(values.load(id))) {
        throw new IllegalStateException(contender + " answers wrongly for " + id);
      }
    }
  }

  private State state() {
    return new State(source.loads(), cache.farCalls(), ServedCommands.of(uri));
  }

  Object find(long id) {
    return cache.find(id);
  }

  /**
   * Closes the cache.
   *
   * @throws IllegalStateException if not every call was answered from memory, or an answer is wrong
   *     now; also if another client has used Redis meanwhile
   */
  @Override
  public void close() {
    try (cache) {
      compareAll();
      State now = state();
      if (!now.equals(state)) {
        throw new IllegalStateException(
            "Not only near hits, or another client uses this Redis: " + state + ", then " + now);
      }
    }
  }
}
