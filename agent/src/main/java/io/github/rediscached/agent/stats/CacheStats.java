package io.github.rediscached.agent.stats;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one cache since its creation or the last {@link #reset}. Thread-safe; counting takes
 * no lock and allocates nothing. Figures read while others count may be a few events apart.
 *
 * <p>Every look-up ends in one {@link #hit} or one {@link #miss}. The other events come on top: a
 * look-up that failed is a miss and an {@link #error}, the run of the method after it is a {@link
 * #load} or a {@link #loadFailure}. A call that was not looked up is a {@link #bypass} only.
 */
public final class CacheStats {

  private final String cache;
  private final LongAdder hits = new LongAdder();
  private final LongAdder nearHits = new LongAdder();
  private final LongAdder hitNanos = new LongAdder();
  private final LongAdder savedMicros = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private final LongAdder staleServed = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder bypasses = new LongAdder();
  private final LongAdder tooLarge = new LongAdder();
  private final LongAdder uncacheable = new LongAdder();
  private final LongAdder unjudged = new LongAdder();

  public CacheStats(String cache) {
    this.cache = cache;
  }

  /** The name of the cache. */
  public String cache() {
    return cache;
  }

  /**
   * A call was answered from Redis.
   *
   * @param hitNanos how long the look-up took
   * @param savedMicros how long the load took that made the entry
   */
  public void hit(long hitNanos, long savedMicros) {
    hits.increment();
    this.hitNanos.add(hitNanos);
    this.savedMicros.add(savedMicros);
  }

  /** A call was answered from the memory of this JVM. */
  public void nearHit() {
    nearHits.increment();
  }

  /** A look-up found nothing that could be used. */
  public void miss() {
    misses.increment();
  }

  /** The method ran after a miss and returned. */
  public void load(long loadNanos) {
    loads.increment();
    this.loadNanos.add(loadNanos);
  }

  /** The method ran after a miss and threw. */
  public void loadFailure(long loadNanos) {
    loadFailures.increment();
    this.loadNanos.add(loadNanos);
  }

  /** Redis has stored a value. */
  public void put() {
    puts.increment();
  }

  /**
   * This JVM has invalidated keys, or the whole cache.
   *
   * @param keys how many; 1 for a cache
   */
  public void evicted(long keys) {
    evictions.add(keys);
  }

  /** The method has thrown, and an old value was given instead. */
  public void servedStale() {
    staleServed.increment();
  }

  /** Redis failed or was too late, an entry could not be read, or a store failed. */
  public void error() {
    errors.increment();
  }

  /** A call ran without a look-up: by its condition, no key, switched off, or not connected. */
  public void bypass() {
    bypasses.increment();
  }

  /** A value was not stored because it is larger than allowed. */
  public void tooLarge() {
    tooLarge.increment();
  }

  /** A value was not stored because its type can't be stored. */
  public void uncacheable() {
    uncacheable.increment();
  }

  /** A value was not stored because an expression about it failed: {@code unless}, {@code tags}. */
  public void unjudged() {
    unjudged.increment();
  }

  /** Sets all counters to zero. An event that is counted meanwhile may be lost or kept in part. */
  public void reset() {
    hits.reset();
    nearHits.reset();
    hitNanos.reset();
    savedMicros.reset();
    misses.reset();
    loads.reset();
    loadFailures.reset();
    loadNanos.reset();
    puts.reset();
    evictions.reset();
    staleServed.reset();
    errors.reset();
    bypasses.reset();
    tooLarge.reset();
    uncacheable.reset();
    unjudged.reset();
  }

  /** Look-ups: hits and misses. */
  public long requests() {
    return hits() + misses();
  }

  public long hits() {
    return nearHits() + redisHits();
  }

  public long nearHits() {
    return nearHits.sum();
  }

  public long redisHits() {
    return hits.sum();
  }

  public long misses() {
    return misses.sum();
  }

  /** Hits per request, 0 to 1; 0 while there are no requests. */
  public double hitRate() {
    long hit = hits();
    return ratio(hit, hit + misses());
  }

  public long loads() {
    return loads.sum();
  }

  public long loadFailures() {
    return loadFailures.sum();
  }

  /** Over loads and failed loads; 0 while there are none. */
  public double averageLoadMillis() {
    return ratio(loadNanos.sum(), loads() + loadFailures()) / TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** Over all hits; 0 while there are none. */
  public double averageHitMicros() {
    return ratio(hitNanos.sum(), redisHits()) / TimeUnit.MICROSECONDS.toNanos(1);
  }

  /**
   * The load times that hits saved, less the time that the hits took; negative if the cache is
   * slower than its method. A hit from memory counts as much as one from Redis does on average,
   * from where its entry came.
   */
  public long timeSavedMillis() {
    long fromRedis = redisHits();
    long savedByRedis = savedMicros.sum();
    double savedByMemory = fromRedis == 0 ? 0 : (double) savedByRedis / fromRedis * nearHits();
    long hitMicros = TimeUnit.NANOSECONDS.toMicros(hitNanos.sum());
    return TimeUnit.MICROSECONDS.toMillis(savedByRedis + (long) savedByMemory - hitMicros);
  }

  public long puts() {
    return puts.sum();
  }

  public long evictions() {
    return evictions.sum();
  }

  public long staleServed() {
    return staleServed.sum();
  }

  public long errors() {
    return errors.sum();
  }

  public long bypasses() {
    return bypasses.sum();
  }

  /** Values not stored for whatever reason of their own. */
  public long notStored() {
    return tooLargeValues() + uncacheableValues() + unjudged.sum();
  }

  public long tooLargeValues() {
    return tooLarge.sum();
  }

  public long uncacheableValues() {
    return uncacheable.sum();
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
