package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.PutOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that annotations and rules ask of a method.
 *
 * @param cached null if its results are not to be cached
 * @param keyIgnored the parameters to leave out of the key
 */
record MethodRequest(
    @Nullable Asked<CacheOptions> cached,
    List<Asked<EvictOptions>> evictions,
    List<Asked<PutOptions>> puts,
    BitSet keyIgnored) {

  /** Why what is put can't be cached. */
  static final String ALWAYS_RUNS =
      "its result is put into a cache (`@RedisPut`), for which it has to run on every call. Leave out"
          + " one of the two.";

  static final MethodRequest NONE = new MethodRequest(null, List.of(), List.of(), new BitSet());

  /** By the method's own annotations. */
  static MethodRequest of(MethodModel method) {
    if (!method.isAnnotated()) {
      return NONE;
    }
    List<Asked<EvictOptions>> evictions = new ArrayList<>();
    for (Annotation evict : method.evicts) {
      evictions.add(evict.evict());
    }
    return new MethodRequest(
        method.cached == null ? null : method.cached.cached(),
        evictions,
        method.put == null ? List.of() : List.of(method.put.put()),
        method.keyIgnored);
  }

  boolean isEmpty() {
    return cached == null && evictions.isEmpty() && puts.isEmpty();
  }

  /** With what a weaker one asks for, except what this one asks for in another way. */
  MethodRequest over(MethodRequest weaker) {
    Asked<CacheOptions> theirCached = cached == null ? weaker.cached : null;
    List<Asked<EvictOptions>> theirEvictions = evictions.isEmpty() ? weaker.evictions : List.of();
    List<Asked<PutOptions>> theirPuts = puts.isEmpty() ? weaker.puts : List.of();
    if (theirCached == null && theirEvictions.isEmpty() && theirPuts.isEmpty()) {
      return this;
    }
    BitSet ignored = new BitSet();
    ignored.or(keyIgnored);
    ignored.or(weaker.keyIgnored);
    return new MethodRequest(
        cached == null ? theirCached : cached,
        evictions.isEmpty() ? theirEvictions : evictions,
        puts.isEmpty() ? theirPuts : puts,
        ignored);
  }

  /**
   * With what rules ask for.
   *
   * @param ruled how to cache it; null if no rule says so
   * @param more what to evict as well
   */
  MethodRequest with(@Nullable Asked<CacheOptions> ruled, List<Asked<EvictOptions>> more) {
    if (ruled == null && more.isEmpty()) {
      return this;
    }
    List<Asked<EvictOptions>> all = new ArrayList<>(evictions);
    all.addAll(more);
    boolean onlyRuled = ruled != null && evictions.isEmpty() && puts.isEmpty();
    return new MethodRequest(
        ruled == null ? cached : ruled, all, puts, onlyRuled ? new BitSet() : keyIgnored);
  }
}
