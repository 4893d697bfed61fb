package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.MethodPlan.EvictPlan;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.key.KeyPlan;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.protocol.Invalidation;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.stats.CacheStats;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @RedisEvict} of a method. Where it can't be told what is to be evicted, more is: the
 * cache, or everything. Thread-safe.
 */
final class Eviction {

  private final EvictPlan plan;
  private final @Nullable KeyPlan keys;
  private final byte[] cacheVersion;
  private final @Nullable CacheStats stats;
  private final Invalidations invalidations;
  private final BiConsumer<String, String> warnOnce;

  /**
   * @param keys of the cache; null without a cache
   * @param cacheVersion of the cache; the namespace's version without a cache
   * @param warnOnce topic and message
   */
  Eviction(
      EvictPlan plan,
      @Nullable KeyPlan keys,
      byte[] cacheVersion,
      @Nullable CacheStats stats,
      Invalidations invalidations,
      BiConsumer<String, String> warnOnce) {
    this.plan = plan;
    this.keys = keys;
    this.cacheVersion = cacheVersion;
    this.stats = stats;
    this.invalidations = invalidations;
    this.warnOnce = warnOnce;
  }

  boolean isBeforeInvocation() {
    return plan.options().beforeInvocation();
  }

  boolean isOnException() {
    return plan.options().onException();
  }

  /** Whether it needs to know what the method has returned. */
  boolean usesResult() {
    boolean uses =
        (plan.key() != null && plan.key().usesResult())
            || (plan.condition() != null && plan.condition().usesResult())
            || (plan.keyPattern() != null && plan.keyPattern().usesResult());
    for (Template tag : plan.tags()) {
      uses |= tag.usesResult();
    }
    return uses;
  }

  /**
   * What one call evicts. Found once: arguments may be changed until a transaction ends.
   *
   * @param named how many entries or caches it names
   */
  record Target(Eviction eviction, Invalidation invalidation, List<String> patterns, int named) {

    /** Evicts for the first time, and counts. */
    void evict() {
      eviction.count(named + eviction.evict(this));
    }

    /** What was loaded since the first time may be of before the commit. */
    void evictAgain() {
      eviction.evict(this);
    }
  }

  /** Null if the call evicts nothing. */
  @Nullable Target targetOf(ExpressionCall call) {
    if (!isWanted(call)) {
      return null;
    }
    Invalidation invalidation = invalidations.nothingYet();
    int named = 0;
    if (plan.options().allEntries()) {
      invalidation.version(cacheVersion);
      named = 1;
    } else if (plan.key() != null || (plan.tags().isEmpty() && plan.keyPattern() == null)) {
      addEntry(invalidation, call);
      named = 1;
    }
    addTags(invalidation, call);
    return new Target(this, invalidation, patterns(invalidation, call), named);
  }

  /** Returns how many keys were deleted by pattern. */
  private long evict(Target target) {
    invalidations.unlink(target.invalidation());
    long deleted = 0;
    for (String pattern : target.patterns()) {
      try {
        long keys = invalidations.pattern(pattern);
        deleted += keys == Invalidations.WHOLE_CACHES ? 1 : keys;
      } catch (IllegalArgumentException e) {
        warnOnce.accept("evict pattern", "evicts nothing: `key-pattern` " + e.getMessage());
      }
    }
    return deleted;
  }

  private boolean isWanted(ExpressionCall call) {
    Expression condition = plan.condition();
    try {
      return condition == null || condition.test(call);
    } catch (ExpressionException e) {
      warnOnce.accept("evict condition", "evicts although " + e.getMessage());
      return true;
    }
  }

  private void addEntry(Invalidation invalidation, ExpressionCall call) {
    try {
      Expression key = plan.key();
      if (keys != null) {
        invalidation.entry(
            key == null
                ? keys.key(call.target(), call.arguments())
                : keys.keyOf(key.evaluate(call)),
            cacheVersion);
      }
    } catch (UnkeyableException | ExpressionException e) {
      warnOnce.accept("evict key", "evicts the whole cache: " + e.getMessage());
      invalidation.version(cacheVersion);
    }
  }

  private void addTags(Invalidation invalidation, ExpressionCall call) {
    try {
      for (String tag : TagPlan.evaluate(plan.tags(), call)) {
        invalidation.tag(tag);
      }
    } catch (ExpressionException e) {
      warnOnce.accept("evict tags", "evicts everything: " + e.getMessage());
      invalidation.version(invalidations.keys().namespaceVersion());
    }
  }

  private List<String> patterns(Invalidation invalidation, ExpressionCall call) {
    try {
      return plan.keyPattern() == null ? List.of() : plan.keyPattern().evaluate(call);
    } catch (ExpressionException e) {
      warnOnce.accept("evict pattern", "evicts everything: " + e.getMessage());
      invalidation.version(invalidations.keys().namespaceVersion());
      return List.of();
    }
  }

  private void count(long evictions) {
    if (stats != null) {
      stats.evicted(evictions);
    }
  }
}
