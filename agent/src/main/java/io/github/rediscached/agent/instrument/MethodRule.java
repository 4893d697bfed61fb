package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import org.jspecify.annotations.Nullable;

/**
 * What the methods are to do that a pattern names: either to be cached or to evict.
 *
 * @param cached null in a rule for an eviction
 * @param eviction null in a rule for a cache
 * @param place where the user wrote it: file and line
 */
public record MethodRule(
    MethodPattern pattern,
    @Nullable CacheOptions cached,
    @Nullable EvictOptions eviction,
    String place) {

  public MethodRule(MethodPattern pattern, CacheOptions cached, String place) {
    this(pattern, cached, null, place);
  }

  public MethodRule(MethodPattern pattern, EvictOptions eviction, String place) {
    this(pattern, null, eviction, place);
  }

  /** Under which name it is reported: a method may have a rule of either kind. */
  String name() {
    return cached == null ? pattern.text().concat(" (eviction)") : pattern.text();
  }
}
