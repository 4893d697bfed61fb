package io.github.rediscached.agent.call;

import io.github.rediscached.agent.stats.CacheStats;
import org.jspecify.annotations.Nullable;

/**
 * A cache of values that are no results of the application's methods, such as HTTP responses. Its
 * entries are those of a method that the agent declares itself, so that memory, Redis, leases, tags
 * and figures are those of all caches; the difference is that the caller decides what is stored,
 * and when, on whatever thread. {@code http} asks it. Never throws. Thread-safe.
 */
public final class KeyedCache {

  /** What a look-up has found. */
  public sealed interface Answer {

    /** The value to give. */
    record Hit(Object value) implements Answer {}

    /** A value that {@link Judge} has found to be for other calls. */
    record Another(Object value) implements Answer {}

    /**
     * The value has to be made. Call one of the methods of {@link Pending} in the end.
     *
     * @param stale one whose time is over, or that the judge has found to be stale; null if there
     *     is none
     */
    record Miss(@Nullable Object stale, Pending pending) implements Answer {}

    /** Nothing was looked up, and nothing is to be stored. */
    record Bypass() implements Answer {}
  }

  private static final Answer BYPASS = new Answer.Bypass();

  private final CachedCall call;
  private final CacheStats stats;

  KeyedCache(CachedCall call, CacheStats stats) {
    this.call = call;
    this.stats = stats;
  }

  /** The figures of this cache. */
  public CacheStats stats() {
    return stats;
  }

  /**
   * Looks a value up, and waits for Redis, or for another caller's load of it.
   *
   * @param arguments of the method that was declared
   */
  public Answer look(@Nullable Object[] arguments, Judge judge) {
    LookupSteps lookup = null;
    try {
      Object known = call.lookNear(null, arguments, judge);
      if (!(known instanceof LookupSteps steps)) {
        return known == null || known == CachedCall.RUN
            ? BYPASS
            : known instanceof LookupSteps.Outcome.Another another
                ? new Answer.Another(another.value())
                : new Answer.Hit(known);
      }
      lookup = steps;
      return answer(Step.run(steps.first()), steps, arguments);
    } catch (Throwable e) {
      call.failedToLookUp(e);
      return BYPASS;
    } finally {
      if (lookup != null) {
        lookup.endNear(null);
      }
    }
  }

  private Answer answer(
      LookupSteps.Outcome outcome, LookupSteps steps, @Nullable Object[] arguments) {
    if (outcome instanceof LookupSteps.Outcome.Another another) {
      return new Answer.Another(another.value());
    }
    if (outcome instanceof LookupSteps.Outcome.Hit hit) {
      Object value = hit.found().value();
      if (value == null) {
        return BYPASS;
      }
      call.hit(hit, steps.nanosSoFar());
      return new Answer.Hit(value);
    }
    LookupSteps.Outcome.Miss miss = (LookupSteps.Outcome.Miss) outcome;
    Lookup.Found stale = miss.lookup().stale();
    return new Answer.Miss(
        stale == null ? null : stale.value(), new Pending(call, call.begun(miss, null, arguments)));
  }

  /** A value that is being made. One of its methods ends it; further ones do nothing. */
  public static final class Pending {

    private final CachedCall call;
    private @Nullable Load load;

    private Pending(CachedCall call, Load load) {
      this.call = call;
      this.load = load;
    }

    /** Whether what is made may be stored: another caller may be at it, or Redis away. */
    public boolean isLeased() {
      Load present = present();
      return present != null && present.lease() != null && present.lease().granted();
    }

    /** Stores the value, without waiting for Redis. */
    public void store(Lifetimes value) {
      Load present = end();
      if (present != null) {
        call.exit(value, present);
      }
    }

    /**
     * There is nothing to store; calls that wait go on.
     *
     * @param failed whether making it has failed
     */
    public void drop(boolean failed) {
      Load present = end();
      if (present != null) {
        call.abandon(present, failed);
      }
    }

    private synchronized @Nullable Load present() {
      return load;
    }

    private synchronized @Nullable Load end() {
      Load present = load;
      load = null;
      return present;
    }
  }
}
