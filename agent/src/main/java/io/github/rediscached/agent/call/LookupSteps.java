package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.NearSide.NearMiss;
import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.LeaseTerms;
import io.github.rediscached.agent.store.RedisStore;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The look-up of one call that has found nothing in memory, as a state machine of {@link Step}s. It
 * asks Redis for the entry. On a miss it takes the lease, or waits for the load of the call that
 * has the lease, and then looks again. It ends with a hit, or with a miss: then the method has to
 * run, under the lease if this call got it. {@link CachedCall} runs the steps on the caller's
 * thread, {@link AsyncLookup} with futures, one thread at a time. It never runs the method.
 */
final class LookupSteps {

  /** Looks at an entry that changes all the time; then the method runs without a lease. */
  private static final int MAX_LOOKS = 5;

  /** How a look-up ends. */
  sealed interface Outcome {

    /**
     * There is a result.
     *
     * @param coalesced whether it is of another call's load, for which this one has waited
     */
    record Hit(Lookup.Found found, boolean coalesced) implements Outcome {}

    /**
     * The method has to run.
     *
     * @param lease as Redis has last reported it; null if it is not known
     */
    record Miss(Lookup lookup, @Nullable Lease lease) implements Outcome {}

    /** There is a value that is not for this call, by {@link Judge.Verdict#ANOTHER}. */
    record Another(Object value) implements Outcome {}
  }

  private final CachedCall call;
  private final CallContext context;
  private final @Nullable Object target;
  private final @Nullable Object[] arguments;
  private final CallKeys keys;
  private final boolean near;
  private final Judge judge;
  private final AtomicReference<@Nullable NearMiss> nearMiss;
  private final Flights.Caller caller;
  private final long startNanos = System.nanoTime();
  private final long deadlineNanos;
  private int looks;
  private boolean mayWait = true;

  /**
   * @param nearMiss ended by this look-up; null if nothing is kept in memory
   * @param judge says which of the values found may be given
   */
  LookupSteps(
      CachedCall call,
      CallContext context,
      @Nullable Object target,
      @Nullable Object[] arguments,
      CallKeys keys,
      @Nullable NearMiss nearMiss,
      Judge judge) {
    this.call = call;
    this.context = context;
    this.target = target;
    this.arguments = arguments;
    this.keys = keys;
    this.near = nearMiss != null;
    this.judge = judge;
    this.nearMiss = new AtomicReference<>(nearMiss);
    this.caller = context.flights().caller();
    this.deadlineNanos = startNanos + context.settings().loadWait().toNanos();
  }

  Step<Outcome> first() {
    return call.forecast().isLikely()
        ? call.entries().findOrAcquire(keys, near, this::found)
        : call.entries().find(keys, near, this::found);
  }

  CallKeys keys() {
    return keys;
  }

  Flights.Caller caller() {
    return caller;
  }

  long nanosSoFar() {
    return System.nanoTime() - startNanos;
  }

  private Step<Outcome> found(Lookup lookup) {
    call.forecast().saw(lookup);
    endNear(lookup);
    if (lookup.hit()) {
      if (call.policy().refreshAfter() != null) {
        context.refreshes().offer(call, target, arguments, lookup, keys.entry());
      }
      Step<Outcome> given = judged(lookup.result(), false);
      return given == null ? acquire(lookup.asStale()) : given;
    }
    call.reportUnreadable(lookup);
    Lease known = lookup.lease();
    if (known == null) {
      return acquire(lookup);
    }
    looks++;
    return acquired(lookup, known);
  }

  /**
   * Nothing more is to be kept in memory for this call.
   *
   * @param lookup null if there is none
   */
  void endNear(@Nullable Lookup lookup) {
    NearMiss miss = nearMiss.getAndSet(null);
    if (miss != null) {
      miss.end(lookup);
    }
  }

  private Step<Outcome> lookAgain() {
    return call.entries().find(keys, false, this::lookedAgain);
  }

  private Step<Outcome> lookedAgain(Lookup lookup) {
    if (!lookup.hit()) {
      return acquire(lookup);
    }
    Step<Outcome> given = judged(lookup.result(), true);
    return given == null ? loadAtOnce(lookup.asStale()) : given;
  }

  private Step<Outcome> acquire(Lookup lookup) {
    if (looks++ == MAX_LOOKS) {
      return miss(lookup, null);
    }
    LeaseTerms terms = call.method().leaseTerms(call.policy());
    return Step.ask(
        context.protocol().acquire(lookup.keys(), lookup.seen(), terms, false),
        lease -> acquired(lookup, call.method().asked(terms, lease)));
  }

  private Step<Outcome> acquired(Lookup lookup, @Nullable Lease lease) {
    if (lease == null) {
      return lookAgain();
    }
    long leftNanos = deadlineNanos - System.nanoTime();
    if (lease.granted()
        || lease.isOfPut()
        || !mayWait
        || !judge.mayWait()
        || leftNanos <= 0
        || servesStale(lookup)) {
      return miss(lookup, lease);
    }
    return Step.await(
        context.flights().landing(lease, caller, leftNanos),
        wait ->
            switch (wait.end()) {
              case LANDED -> landed(lookup, wait.landing());
              case NOT_HERE -> awaitElsewhere(lookup, lease);
              case CIRCLE, GIVEN_UP -> miss(lookup, lease);
            });
  }

  private boolean servesStale(Lookup lookup) {
    Lookup.Found stale = lookup.stale();
    return stale != null && judge.servesStale(stale.value());
  }

  private Step<Outcome> awaitElsewhere(Lookup lookup, Lease lease) {
    long leftNanos = deadlineNanos - System.nanoTime();
    return Step.await(
        context
            .loadsElsewhere()
            .end(
                lease,
                nanos -> context.protocol().end(lookup.keys(), lease, nanos),
                keys.readWithExpected(),
                call.entries().read(keys),
                leftNanos),
        end -> {
          if (!end.over() || deadlineNanos - System.nanoTime() <= 0) {
            return miss(lookup, lease);
          }
          looks--;
          RedisStore.Read read = end.read();
          return read == null
              ? lookAgain()
              : call.entries().check(keys, read).then(this::lookedAgain);
        });
  }

  private Step<Outcome> landed(Lookup lookup, Flights.@Nullable Landing landing) {
    byte[] entry = landing == null ? null : landing.entry();
    Lookup.Found found =
        entry == null ? null : call.entries().read(entry, lookup.keys(), lookup.mainToken());
    Step<Outcome> given = found == null ? null : judged(found, true);
    // The load has failed, or can't be cached: each call that has waited loads at once.
    return given == null ? loadAtOnce(lookup) : given;
  }

  private Step<Outcome> loadAtOnce(Lookup lookup) {
    mayWait = false;
    return acquire(lookup);
  }

  /** Null if the method has to run all the same. */
  private @Nullable Step<Outcome> judged(Lookup.Found found, boolean coalesced) {
    return switch (judge.verdictOn(found.value())) {
      case HIT -> Step.done(new Outcome.Hit(found, coalesced));
      case ANOTHER -> Step.done(new Outcome.Another(Objects.requireNonNull(found.value())));
      case STALE -> null;
    };
  }

  private static Step<Outcome> miss(Lookup lookup, @Nullable Lease lease) {
    return Step.done(new Outcome.Miss(lookup, lease));
  }
}
