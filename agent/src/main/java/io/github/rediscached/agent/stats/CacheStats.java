package io.github.rediscached.agent.stats;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of one cache since its creation or the last {@link #reset}. The calls of cached methods
 * count, the JMX bean of the cache reads. Thread-safe; counting takes no lock and allocates
 * nothing. It never tells the counters apart by method or key, and figures that are read during a
 * call may be a few events apart.
 *
 * <p>Every look-up ends in one {@link #nearHit}, {@link #redisHit}, {@link #coalescedHit} or {@link
 * #miss}. The other events come on top: a look-up that failed is a miss and an {@link #error}, the
 * run of the method after it is a {@link #load} or a {@link #loadFailure}. A call without a look-up
 * is a {@link #bypass} only.
 */
public final class CacheStats {

  /** Reasons may name header fields, of which a client may send any. */
  private static final int MAX_REASONS = 100;

  private final String cache;
  private final LongAdder nearHits = new LongAdder();
  private final LongAdder redisHits = new LongAdder();
  private final LongAdder redisHitNanos = new LongAdder();
  private final LongAdder coalescedHits = new LongAdder();
  private final LoadTimes loadTimes = new LoadTimes();
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
  private final LongAdder expressionFailures = new LongAdder();
  private final ConcurrentMap<String, LongAdder> refusals = new ConcurrentHashMap<>();

  public CacheStats(String cache) {
    this.cache = cache;
  }

  /** The name of the cache. */
  public String cache() {
    return cache;
  }

  /** A call was answered from the memory of this JVM. */
  public void nearHit() {
    nearHits.increment();
  }

  /**
   * A call was answered by the first look-up in Redis.
   *
   * @param nanos how long the look-up took
   * @param loadMicros how long the load took that made the entry, on whatever JVM
   * @param entryToken the token of the entry, which is random and so tells one load from another
   */
  public void redisHit(long nanos, long loadMicros, long entryToken) {
    redisHits.increment();
    redisHitNanos.add(nanos);
    loadTimes.saw(loadMicros, entryToken);
  }

  /**
   * A call whose first look-up found nothing was answered with the result of another caller's load,
   * in this JVM or another one. Its wait is no time of Redis, so it is not measured.
   */
  public void coalescedHit() {
    coalescedHits.increment();
  }

  /** A look-up found nothing that could be used, so the method runs. */
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

  /** A value was not stored because an expression failed: {@code unless} or {@code tags}. */
  public void expressionFailed() {
    expressionFailures.increment();
  }

  /**
   * A value was not stored for a reason that its cache names.
   *
   * @param reason a word, out of few
   */
  public void refused(String reason) {
    LongAdder count = refusals.get(reason);
    if (count == null) {
      LongAdder added = new LongAdder();
      LongAdder earlier =
          refusals.size() < MAX_REASONS ? refusals.putIfAbsent(reason, added) : added;
      count = earlier == null ? added : earlier;
    }
    count.increment();
  }

  /** How many values were {@link #refused}, by reason. */
  public Map<String, Long> refusals() {
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, LongAdder> each : refusals.entrySet()) {
      counts.put(each.getKey(), each.getValue().sum());
    }
    return counts;
  }

  /**
   * Sets all counters to zero. An event that is counted meanwhile may be lost or kept in part. The
   * times of loads stay: they describe the methods, and hits from memory tell none.
   */
  public void reset() {
    nearHits.reset();
    redisHits.reset();
    redisHitNanos.reset();
    coalescedHits.reset();
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
    expressionFailures.reset();
    refusals.clear();
  }

  /** Look-ups: hits and misses. */
  public long requests() {
    return hits() + misses();
  }

  public long hits() {
    return nearHits() + redisHits() + coalescedHits();
  }

  public long nearHits() {
    return nearHits.sum();
  }

  public long redisHits() {
    return redisHits.sum();
  }

  public long coalescedHits() {
    return coalescedHits.sum();
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

  /** Over hits in Redis; 0 while there are none. */
  public double averageHitMicros() {
    return ratio(redisHitNanos.sum(), redisHits()) / TimeUnit.MICROSECONDS.toNanos(1);
  }

  /**
   * The {@linkplain LoadTimes typical time of a load} for each hit in memory or Redis, less the
   * time that the hits in Redis took; never negative. While only one load is known, it counts for
   * one hit: it may have been the cold one of a JVM that had just started. A coalesced hit counts
   * for nothing, since its caller has waited for a load.
   */
  public long timeSavedMillis() {
    long hits = nearHits() + redisHits();
    long saving = loadTimes.loads() > 1 ? hits : Math.min(1, hits);
    double savedMicros = (double) saving * loadTimes.typicalMicros();
    double hitMicros = (double) redisHitNanos.sum() / TimeUnit.MICROSECONDS.toNanos(1);
    return (long) Math.max(0, (savedMicros - hitMicros) / TimeUnit.MILLISECONDS.toMicros(1));
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

  /** Values that were not stored though they were to be: the log says why. */
  public long notStored() {
    long refused = 0;
    for (LongAdder count : refusals.values()) {
      refused += count.sum();
    }
    return tooLargeValues() + uncacheableValues() + expressionFailures.sum() + refused;
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
