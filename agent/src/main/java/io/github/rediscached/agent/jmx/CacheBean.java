package io.github.rediscached.agent.jmx;

import static io.github.rediscached.agent.jmx.BeanAttribute.count;
import static io.github.rediscached.agent.jmx.BeanAttribute.decimal;
import static io.github.rediscached.agent.jmx.BeanAttribute.texts;

import io.github.rediscached.agent.stats.CacheStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The bean {@code type=Cache,name="…"} of one cache: which figures it shows and how they are
 * described. {@link PlatformBeans} registers it. It never counts anything itself.
 */
final class CacheBean {

  private CacheBean() {}

  /**
   * @param clear invalidates the cache
   */
  static OpenBean of(CacheStats stats, Consumer<String> clear) {
    return new OpenBean(
        "The cache " + stats.cache() + " as seen by this JVM, since its start or the last reset.",
        List.of(
            count("Requests", "requests", "Look-ups: hits and misses.", stats::requests),
            count(
                "Hits",
                "requests",
                "Requests answered from the cache: NearHits, RedisHits and CoalescedHits.",
                stats::hits),
            count(
                "NearHits",
                "requests",
                "Requests answered from the memory of this JVM.",
                stats::nearHits),
            count(
                "RedisHits",
                "requests",
                "Requests answered by the first look-up in Redis.",
                stats::redisHits),
            count(
                "CoalescedHits",
                "requests",
                "Requests answered with the result of a load that another caller, in this or"
                    + " another JVM, had begun. Most of them have waited for it.",
                stats::coalescedHits),
            count(
                "Misses",
                "requests",
                "Requests for which no usable entry was found.",
                stats::misses),
            decimal("HitRate", "0 to 1", "Hits per request; 0 without requests.", stats::hitRate),
            count("Loads", "runs", "Runs of the method after a miss that returned.", stats::loads),
            count(
                "LoadFailures",
                "runs",
                "Runs of the method after a miss that threw.",
                stats::loadFailures),
            decimal(
                "AverageLoadMillis",
                "milliseconds",
                "Average time of a run of the method after a miss, whether it returned or threw.",
                stats::averageLoadMillis),
            decimal(
                "AverageHitMicros",
                "microseconds",
                "Average time of the look-ups that were RedisHits.",
                stats::averageHitMicros),
            count(
                "TimeSavedMillis",
                "milliseconds",
                "The typical load time (the median of a sample of the loads whose entries were"
                    + " read) for each of NearHits and RedisHits, less the time that RedisHits"
                    + " took; never negative. While only one load is known it counts once.",
                stats::timeSavedMillis),
            count("Puts", "values", "Values that Redis has stored.", stats::puts),
            count(
                "Evictions",
                "invalidations",
                "Invalidations of this cache by methods of this JVM that name it: one for each key"
                    + " or whole cache, and one for each key that was deleted by pattern. Not those"
                    + " by tag, over JMX or of other JVMs.",
                stats::evictions),
            count(
                "StaleServed",
                "calls",
                "Calls that got a value beyond its TTL because the method threw.",
                stats::staleServed),
            count(
                "Errors",
                "errors",
                "Failures and timeouts of Redis, and entries that could not be read.",
                stats::errors),
            count(
                "Bypasses",
                "calls",
                "Calls without a look-up: excluded by their condition, arguments that can't be a"
                    + " key, caching switched off, or no connection.",
                stats::bypasses),
            count(
                "NotStored",
                "values",
                "Results that were not stored: TooLarge, Uncacheable, those for which an"
                    + " expression, unless or tags, failed, and those of NotStoredReasons.",
                stats::notStored),
            count(
                "TooLarge",
                "values",
                "Results that were not stored because they exceed max-value-size.",
                stats::tooLargeValues),
            count(
                "Uncacheable",
                "values",
                "Results that were not stored because their type can't be stored.",
                stats::uncacheableValues),
            texts(
                "NotStoredReasons",
                "responses",
                "HTTP responses that were not stored, by reason, such as \"12 set-cookie\"; empty"
                    + " for methods.",
                () -> reasons(stats))),
        List.of(
            BeanOperation.of(
                "clear",
                "Invalidates all entries of this cache, for all JVMs of the namespace, at once.",
                () -> clear.accept(stats.cache())),
            BeanOperation.of(
                "resetStatistics",
                "Sets the figures of this cache to zero; its entries stay.",
                stats::reset)));
  }

  private static List<String> reasons(CacheStats stats) {
    List<String> reasons = new ArrayList<>();
    for (Map.Entry<String, Long> reason : stats.refusals().entrySet()) {
      reasons.add(reason.getValue() + " " + reason.getKey());
    }
    return reasons;
  }
}
