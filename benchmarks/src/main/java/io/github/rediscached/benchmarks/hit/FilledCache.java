package io.github.rediscached.benchmarks.hit;

import java.util.concurrent.TimeUnit;

/** A cache of which a number of entries are in Redis and right, and that notices if they go. */
final class FilledCache implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final OrderCache cache;
  private final OrderSource source;
  private final long loads;

  private FilledCache(OrderCache cache, OrderSource source) {
    this.cache = cache;
    this.source = source;
    this.loads = source.loads();
  }

  /**
   * Fills a cache with the orders from 0 on.
   *
   * @throws IllegalStateException if it does not answer from Redis then, or answers wrongly
   */
  static FilledCache of(Contender contender, String uri, String prefix, Size size, int entries) {
    OrderSource source = new OrderSource(size);
    OrderCache cache = contender.open(uri, prefix, source);
    OrderSource expected = new OrderSource(size);
    // Some write in the background.
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long loadsBefore;
    do {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(contender + " does not cache");
      }
      loadsBefore = source.loads();
      for (long id = 0; id < entries; id++) {
        if (!cache.find(id).equals(expected.load(id))) {
          throw new IllegalStateException(contender + " answers wrongly for " + id);
        }
      }
    } while (source.loads() != loadsBefore);
    if (loadsBefore < entries) {
      throw new IllegalStateException(contender + " has entries that nobody has loaded");
    }
    return new FilledCache(cache, source);
  }

  Order find(long id) {
    return cache.find(id);
  }

  /**
   * Closes the cache.
   *
   * @throws IllegalStateException if not every call was a hit
   */
  @Override
  public void close() {
    cache.close();
    if (source.loads() != loads) {
      throw new IllegalStateException((source.loads() - loads) + " calls were no hits");
    }
  }
}
