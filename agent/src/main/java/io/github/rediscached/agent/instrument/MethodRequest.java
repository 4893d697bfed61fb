package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.PutOptions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that annotations and rules ask of a method.
 *
 * @param cached null if its results are not to be cached
 * @param keyIgnored the parameters to leave out of the key
 */
record MethodRequest(
    @Nullable Requested<CacheOptions> cached,
    List<Requested<EvictOptions>> evictions,
    List<Requested<PutOptions>> puts,
    BitSet keyIgnored) {

  /** Why what is put can't be cached. */
  static final String ALWAYS_RUNS =
      "its result is put into a cache (`@RedisPut`), for which it has to run on every call. Leave"
          + " out one of the two.";

  static final MethodRequest NONE = new MethodRequest(null, List.of(), List.of(), new BitSet());

  /** By the method's own annotations. */
  static MethodRequest of(MethodModel method) {
    if (!method.isAnnotated()) {
      return NONE;
    }
    List<Requested<EvictOptions>> evictions = new ArrayList<>();
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
    Requested<CacheOptions> theirCached = cached == null ? weaker.cached : null;
    List<Requested<EvictOptions>> theirEvictions =
        evictions.isEmpty() ? weaker.evictions : List.of();
    List<Requested<PutOptions>> theirPuts = puts.isEmpty() ? weaker.puts : List.of();
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
  MethodRequest with(@Nullable Requested<CacheOptions> ruled, List<Requested<EvictOptions>> more) {
    if (ruled == null && more.isEmpty()) {
      return this;
    }
    List<Requested<EvictOptions>> all = new ArrayList<>(evictions);
    all.addAll(more);
    boolean onlyRuled = ruled != null && evictions.isEmpty() && puts.isEmpty();
    return new MethodRequest(
        ruled == null ? cached : ruled, all, puts, onlyRuled ? new BitSet() : keyIgnored);
  }

  /**
   * The options that one annotation or rule gives a method.
   *
   * @param options null if they can't be followed
   * @param problem the reason and a remedy; null if they can be followed
   * @param wildcard the rule that gives them, if it does not name the method; else null
   */
  record Requested<T>(
      @Nullable T options, @Nullable String problem, @Nullable MethodRule wildcard) {

    static <T> Requested<T> of(T options) {
      return new Requested<>(options, null, null);
    }

    /**
     * @param problem null if there is none
     */
    static <T> Requested<T> of(T options, @Nullable String problem) {
      return problem == null ? of(options) : wrong(problem);
    }

    static <T> Requested<T> wrong(String problem) {
      return new Requested<>(null, problem, null);
    }

    /** The same by a rule. A problem is reported for each method. */
    Requested<T> by(MethodRule rule, MethodModel method) {
      return problem != null || rule.pattern().namesMethod(method.name)
          ? this
          : new Requested<>(options, null, rule);
    }

    T get() throws Eligibility.Rejection {
      if (problem != null) {
        throw new Eligibility.Rejection(problem);
      }
      return Objects.requireNonNull(options);
    }
  }
}
