package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import io.github.rediscached.agent.call.NearSide.NearMiss;
import io.github.rediscached.agent.codec.UncacheableValueException;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.LeaseTerms;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.store.StoreUnavailableException;
import io.github.rediscached.agent.thread.StackRoom;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The interceptor of a cached method. {@link #begin} looks the arguments up and answers with the
 * result, or lets the method run; {@link #exit} then stores the result, {@link #fail} the exception
 * if it is to be cached. It never throws into the application. Thread-safe.
 */
final class CachedCall implements Interceptor {

  /** An answer of {@link #begin}: run the method, nothing is to be done afterwards. */
  static final Object RUN = new Object();

  /**
   * An answer of {@link #begin}: throw this instead of running the method.
   *
   * @param exception a cached one
   */
  record Thrown(Throwable exception) {}

  private final CachedMethod method;
  private final Entries entries;
  private final EntryPolicy policy;
  private final CacheStats stats;
  private final CallContext context;
  private final CallKeyPlan keys;
  private final @Nullable NearSide near;
  private final @Nullable MethodHandle reloader;
  private final MissForecast forecast = new MissForecast();
  private final CircuitBreaker circuit;

  /** For the words of a message, so threads may see it late. */
  private boolean anyStored;

  /**
   * @param near null if nothing is kept in memory
   * @param reloader calls this very method; null if only the application calls it
   */
  CachedCall(
      CachedMethod method,
      Entries entries,
      CallContext context,
      @Nullable NearSide near,
      @Nullable MethodHandle reloader) {
    this.method = method;
    this.entries = entries;
    this.policy = entries.policy();
    this.stats = context.stats().cache(method.cache());
    this.context = context;
    this.near = near;
    this.reloader = reloader;
    this.circuit =
        new CircuitBreaker(
            name(), context.stats(), message -> warnOnce("refused", message), System::nanoTime);
    this.keys = new CallKeyPlan(method, context.protocol().keys());
  }

  @Override
  public @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    LookupSteps lookup = null;
    try {
      Load reload = reloader == null ? null : context.refreshes().take(this);
      if (reload != null) {
        return reload;
      }
      Object known = lookNear(target, arguments, Judge.ALL);
      if (!(known instanceof LookupSteps steps)) {
        return known;
      }
      lookup = steps;
      return answer(Step.run(steps.first()), steps, target, arguments);
    } catch (Throwable e) {
      failedToLookUp(e);
    } finally {
      if (lookup != null) {
        lookup.endNear(null);
      }
    }
    return RUN;
  }

  /**
   * The answer that needs no Redis: the result, {@link #RUN} or a {@link Thrown}. Else the look-up
   * to run; call its {@link LookupSteps#endNear} in the end.
   */
  @Nullable Object lookNear(@Nullable Object target, @Nullable Object[] arguments, Judge judge)
      throws UnkeyableException, ExpressionException {
    if (!context.enabled().getAsBoolean() || circuit.isOpen() || !concerns(target, arguments)) {
      return bypassed();
    }
    if (near == null) {
      CallKeys call = keys.of(target, arguments);
      return StackRoom.isThere() ? beforeRedis(call, null, target, arguments, judge) : bypassed();
    }
    Object answer = near.look(keys, target, arguments, judge);
    if (!(answer instanceof NearMiss miss)) {
      if (answer != RUN) {
        circuit.accepted();
      }
      return answer;
    }
    // Its keys are watched already, or what comes between the two would be missed.
    Object next = null;
    try {
      next = beforeRedis(miss.keys(), miss, target, arguments, judge);
      return next;
    } finally {
      if (!(next instanceof LookupSteps)) {
        miss.end(null);
      }
    }
  }

  private Object beforeRedis(
      CallKeys call,
      @Nullable NearMiss miss,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Judge judge) {
    // A call that would see what is to be invalidated, and is not yet, runs uncached.
    return context.invalidations().concerns(call)
        ? bypassed()
        : new LookupSteps(this, context, target, arguments, call, miss, judge);
  }

  /** Counts a call that runs uncached. */
  Object bypassed() {
    stats.bypass();
    return RUN;
  }

  /** Whether Redis will probably have no entry for the next call. */
  MissForecast forecast() {
    return forecast;
  }

  /** Counts a call that runs uncached, and logs the reason. */
  void failedToLookUp(Throwable failure) {
    if (failure instanceof StoreUnavailableException unavailable) {
      if (unavailable.connected()) {
        stats.miss();
        stats.error();
      } else {
        stats.bypass();
      }
    } else if (failure instanceof UnkeyableException) {
      stats.bypass();
      circuit.refused(failure.getMessage());
      warnOnce("key", "calls run uncached: " + failure.getMessage());
    } else if (failure instanceof ExpressionException) {
      stats.bypass();
      circuit.refused(failure.getMessage());
      warnOnce("expression", "calls run uncached: " + failure.getMessage());
    } else {
      broken(failure);
    }
  }

  /** The result of a hit, or the load after a miss. */
  private @Nullable Object answer(
      LookupSteps.Outcome outcome,
      LookupSteps lookup,
      @Nullable Object target,
      @Nullable Object[] arguments) {
    if (outcome instanceof LookupSteps.Outcome.Hit hit) {
      hit(hit, lookup.nanosSoFar());
      return resultOf(hit.found());
    }
    return begun((LookupSteps.Outcome.Miss) outcome, target, arguments);
  }

  /** Begins a load for which other calls of this JVM may wait. Counts a miss. */
  Load begun(LookupSteps.Outcome.Miss miss, @Nullable Object target, @Nullable Object[] arguments) {
    Lease lease = miss.lease();
    Flights.Flight flight =
        lease != null && lease.granted() ? context.flights().begin(lease) : null;
    return load(miss, target, arguments, flight, null);
  }

  void reportUnreadable(Lookup lookup) {
    if (lookup.unread() != Lookup.Unread.NONE) {
      stats.error();
    }
    if (lookup.unread() == Lookup.Unread.DAMAGED) {
      warnOnce(
          "unreadable",
          "Redis holds something under its key that is no entry of ours, or a damaged one; it is"
              + " replaced.");
    }
  }

  /** Counts a hit. */
  void hit(LookupSteps.Outcome.Hit hit, long hitNanos) {
    accepted();
    if (hit.coalesced()) {
      stats.coalescedHit();
    } else {
      Lookup.Found found = hit.found();
      stats.redisHit(hitNanos, found.loadMicros(), found.entry().token());
    }
  }

  private void accepted() {
    circuit.accepted();
    if (!anyStored) {
      anyStored = true;
    }
  }

  private String notStored() {
    return (anyStored ? "some results" : "results") + " are not stored: ";
  }

  private static @Nullable Object resultOf(Lookup.Found found) {
    return found.exception() && found.value() instanceof Throwable thrown
        ? new Thrown(thrown)
        : found.value();
  }

  /**
   * Counts a miss.
   *
   * @param flight under which other calls wait for the load; null if they can't
   * @param earlierKey as of {@link Load}
   */
  Load load(
      LookupSteps.Outcome.Miss miss,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Flights.@Nullable Flight flight,
      byte @Nullable [] earlierKey) {
    stats.miss();
    Lease lease = miss.lease();
    return new Load(
        this,
        target,
        arguments,
        miss.lookup(),
        lease != null && lease.isOfPut() ? null : lease,
        flight,
        earlierKey,
        System.nanoTime());
  }

  /** After the method has returned. */
  void exit(@Nullable Object result, Load load) {
    byte[] stored = null;
    try {
      long loadNanos = System.nanoTime() - load.startNanos();
      stats.load(loadNanos);
      method.loaded(loadNanos);
      if (isToBeStored(load, result)) {
        stored = store(load, result, false, loadNanos);
      }
    } catch (ExpressionException | UnkeyableException e) {
      stats.expressionFailed();
      circuit.refused(e.getMessage());
      warnOnce("unless", notStored() + e.getMessage());
    } catch (Throwable e) {
      broken(e);
    } finally {
      end(load, stored);
    }
  }

  /** After the method has thrown: what it is to return instead, if anything. */
  @Nullable Object fail(Throwable thrown, Load load) {
    byte[] stored = null;
    Object instead = Running.RETHROW;
    try {
      long loadNanos = System.nanoTime() - load.startNanos();
      stats.loadFailure(loadNanos);
      Lookup.Found stale = load.lookup().stale();
      if (method.cachesException(thrown) && hasItsKey(load)) {
        stored = store(load, thrown, true, loadNanos);
      } else if (stale != null && !stale.exception() && mayBeHidden(thrown)) {
        stats.servedStale();
        instead = stale.value();
      }
    } catch (Throwable e) {
      broken(e);
    } finally {
      end(load, stored);
    }
    return instead;
  }

  /**
   * After a load that has given nothing to store.
   *
   * @param failed whether it has failed
   */
  void abandon(Load load, boolean failed) {
    try {
      long loadNanos = System.nanoTime() - load.startNanos();
      if (failed) {
        stats.loadFailure(loadNanos);
      } else {
        stats.load(loadNanos);
      }
    } finally {
      end(load, null);
    }
  }

  /** Errors and interruptions are for the caller, whatever there is to give instead. */
  private static boolean mayBeHidden(Throwable thrown) {
    return thrown instanceof Exception && !(thrown instanceof InterruptedException);
  }

  /**
   * @param sent the entry that was sent to Redis; null if none was
   */
  private void end(Load load, byte @Nullable [] sent) {
    try {
      if (sent == null && load.lease() != null && load.lease().granted()) {
        context.protocol().release(load.lookup().keys(), load.lease());
      }
    } catch (Throwable e) {
      broken(e);
    } finally {
      // Where tags come from the result, only Redis knows whether it may be given to others.
      if (load.flight() != null && (sent == null || !method.namesTags())) {
        context.flights().end(load.flight(), sent);
      }
    }
  }

  /** Before a refresh on a thread of ours; null if another call refreshes the entry. */
  @Nullable Load beginRefresh(
      @Nullable Object target, @Nullable Object[] arguments, Lookup lookup, byte[] key)
      throws StoreUnavailableException, UnkeyableException, ExpressionException {
    if (!isStillKey(key, target, arguments)) {
      return null;
    }
    LeaseTerms terms = method.leaseTerms(policy);
    Lease lease =
        method.asked(
            terms, context.protocol().acquire(lookup.keys(), lookup.seen(), terms, false).ask());
    return lease == null || !lease.granted()
        ? null
        : new Load(
            this,
            target,
            arguments,
            lookup,
            lease,
            context.flights().begin(lease),
            key,
            System.nanoTime());
  }

  /** The caller has gone on, and may have changed its arguments meanwhile. */
  private boolean isStillKey(byte[] key, @Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException, ExpressionException {
    return Arrays.equals(key, keys.of(target, arguments).entry());
  }

  @Override
  public @Nullable NearSide nearSide() {
    return method.cachePlan().condition() == null && reloader == null ? near : null;
  }

  EntryPolicy policy() {
    return policy;
  }

  CachedMethod method() {
    return method;
  }

  Entries entries() {
    return entries;
  }

  ClassLoader loader() {
    return method.loader();
  }

  String name() {
    return method.name();
  }

  /** {@code (Object target, Object[] arguments) → Object}; null if the method can't be called. */
  @Nullable MethodHandle reloader() {
    return reloader;
  }

  private boolean concerns(@Nullable Object target, @Nullable Object[] arguments)
      throws ExpressionException {
    Expression condition = method.cachePlan().condition();
    return condition == null || condition.test(method.expressionCall(target, arguments, null));
  }

  private boolean isToBeStored(Load load, @Nullable Object result)
      throws ExpressionException, UnkeyableException {
    if (!hasItsKey(load)) {
      return false;
    }
    if (load.lease() == null || (result == null && !method.cachePlan().options().cacheNull())) {
      return false;
    }
    Expression unless = method.cachePlan().unless();
    return unless == null
        || !unless.test(method.expressionCall(load.target(), load.arguments(), result));
  }

  private boolean hasItsKey(Load load) throws UnkeyableException, ExpressionException {
    byte[] key = load.earlierKey();
    return key == null || isStillKey(key, load.target(), load.arguments());
  }

  /** What was sent to Redis; null if nothing was. */
  private byte @Nullable [] store(
      Load load, @Nullable Object value, boolean exception, long loadNanos) {
    Lease lease = load.lease();
    if (lease == null) {
      return null;
    }
    try {
      List<String> tags =
          method
              .tags()
              .named(
                  method.expressionCall(load.target(), load.arguments(), exception ? null : value));
      Lifetimes own = value instanceof Lifetimes lifetimes ? lifetimes : null;
      long ttlMillis =
          own == null ? policy.ttlMillis(ThreadLocalRandom.current()) : own.freshMillis();
      long staleMillis = own == null ? policy.staleOnErrorMillis() : own.staleMillis();
      Lookup lookup = load.lookup();
      byte[] entry =
          entries.write(
              load.target(),
              lookup.keys(),
              lease,
              lookup.mainToken(),
              tags,
              value,
              exception,
              ttlMillis,
              loadNanos);
      byte[][] named = entries.named(tags);
      entries.expect(lookup.keys(), named);
      var ignored =
          context
              .protocol()
              .store(lookup.keys(), named, lease, entry, ttlMillis + staleMillis)
              .whenComplete(new StoreEnd(stats, context, load, lease, entry, tags.size()));
      accepted();
      return entry;
    } catch (ExpressionException e) {
      stats.expressionFailed();
      circuit.refused(e.getMessage());
      warnOnce("tags", notStored() + e.getMessage());
    } catch (UncacheableValueException e) {
      if (e.kind() == UncacheableValueException.Kind.TOO_LARGE) {
        stats.tooLarge();
        String reason =
            "larger than `defaults.max-value-size` ("
                + policy.maxValueSizeBytes()
                + " bytes). Raise it, or return less.";
        circuit.refused("a result is " + reason);
        warnOnce("large", "some results are not stored: " + reason);
      } else {
        stats.uncacheable();
        circuit.refused(e.getMessage());
        warnOnce("value", notStored() + e.getMessage());
      }
    }
    return null;
  }

  private void broken(Throwable e) {
    try {
      stats.error();
      warnOnce("broken", "a call ran uncached: " + e);
    } catch (Throwable hopeless) {
      // No memory or stack left to say so.
    }
  }

  void warnOnce(String topic, String message) {
    String name = name();
    context.log().warnOnce(topic + ' ' + name, name + ": " + message);
  }
}
