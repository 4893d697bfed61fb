package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.UncacheableValueException;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.store.StoreUnavailableException;
import io.github.rediscached.agent.thread.StackRoom;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The story of a call of one cached method. {@link #begin} looks the arguments up and answers with
 * the result, or lets the method run; {@link #exit} then stores what it returned, {@link #fail}
 * what it threw if that is wanted. Nothing here ever throws into the application. Thread-safe.
 */
final class CachedCall {

  /** An answer of {@link #begin}: run the method, nothing is to be done afterwards. */
  static final Object RUN = new Object();

  /**
   * An answer of {@link #begin}: throw this instead of running the method.
   *
   * @param exception a cached one
   */
  record Thrown(Throwable exception) {}

  /** Looks at an entry that changes all the time; then the method runs without a lease. */
  static final int MAX_LOOKS = 5;

  private final CachedMethod method;
  private final Entries entries;
  private final EntryPolicy policy;
  private final CacheStats stats;
  private final Workings workings;
  private final CallKeyPlan keys;
  private final @Nullable NearSide near;
  private final @Nullable MethodHandle reloader;
  private final MissForecast forecast = new MissForecast();

  /**
   * @param near null if nothing is kept in memory
   */
  CachedCall(
      CachedMethod method,
      Entries entries,
      EntryPolicy policy,
      CacheStats stats,
      Workings workings,
      byte[] cacheVersion,
      @Nullable NearSide near,
      @Nullable MethodHandle reloader) {
    this.method = method;
    this.entries = entries;
    this.policy = policy;
    this.stats = stats;
    this.workings = workings;
    this.near = near;
    this.reloader = reloader;
    this.keys = new CallKeyPlan(method, workings.protocol().keys(), cacheVersion);
  }

  /**
   * Before the method: its result, or {@link #RUN}, a {@link Thrown}, or a {@link Load} to be told
   * how the method ends.
   */
  @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    try {
      if (reloader != null) {
        Load reload = workings.refreshes().take(this);
        if (reload != null) {
          return reload;
        }
      }
      if (!concernsCache(target, arguments)) {
        return RUN;
      }
      if (near != null) {
        return lookNear(near, target, arguments);
      }
      CallKeys call = keys.of(target, arguments);
      if (!StackRoom.isThere()) {
        stats.bypass();
        return RUN;
      }
      return isToBypass(call) ? RUN : lookUp(call, target, arguments);
    } catch (Throwable e) {
      failedToLookUp(e);
    }
    return RUN;
  }

  /** Counts those that do not. */
  boolean concernsCache(@Nullable Object target, @Nullable Object[] arguments)
      throws ExpressionException {
    boolean concerned = workings.enabled().getAsBoolean() && concerns(target, arguments);
    if (!concerned) {
      stats.bypass();
    }
    return concerned;
  }

  /** Whether it would see what is to be invalidated and is not yet; counts those that would. */
  boolean isToBypass(CallKeys call) {
    boolean bypasses =
        workings.invalidations().concerns(call.read())
            || workings.invalidations().concerns(call.named());
    if (bypasses) {
      stats.bypass();
    }
    return bypasses;
  }

  CallKeyPlan keys() {
    return keys;
  }

  MissForecast forecast() {
    return forecast;
  }

  /** Counts and tells why a call runs uncached. */
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
      warnOnce("key", "calls run uncached: " + failure.getMessage());
    } else if (failure instanceof ExpressionException) {
      stats.bypass();
      warnOnce("expression", "calls run uncached: " + failure.getMessage());
    } else {
      broken(failure);
    }
  }

  /** First in memory, then in Redis; what is found there may stay in memory. */
  private @Nullable Object lookNear(
      NearSide memory, @Nullable Object target, @Nullable Object[] arguments)
      throws StoreUnavailableException, UnkeyableException, ExpressionException {
    Object answer = memory.look(keys, target, arguments);
    if (!(answer instanceof NearMiss miss)) {
      return answer;
    }
    // Its keys are watched already, or what comes between the two would be missed.
    Lookup lookup = null;
    try {
      if (isToBypass(miss.keys())) {
        return RUN;
      }
      long startNanos = System.nanoTime();
      lookup = find(miss.keys(), true);
      return answer(miss.keys(), lookup, target, arguments, startNanos);
    } finally {
      miss.end(lookup);
    }
  }

  private @Nullable Object lookUp(
      CallKeys call, @Nullable Object target, @Nullable Object[] arguments)
      throws StoreUnavailableException {
    long startNanos = System.nanoTime();
    return answer(call, find(call, false), target, arguments, startNanos);
  }

  /**
   * @param track whether Redis is asked to tell of changes
   */
  private Lookup find(CallKeys call, boolean track) throws StoreUnavailableException {
    Lookup lookup =
        forecast.isLikely()
            ? entries.findOrAcquire(call, track)
            : track ? entries.findTracked(call) : entries.find(call);
    forecast.saw(lookup);
    return lookup;
  }

  /** The hit, or what there is to do after a miss. */
  private @Nullable Object answer(
      CallKeys call,
      Lookup lookup,
      @Nullable Object target,
      @Nullable Object[] arguments,
      long startNanos)
      throws StoreUnavailableException {
    if (lookup.hit()) {
      Lookup.Found found = lookup.result();
      hit(found, startNanos);
      if (policy.refreshAfter() != null) {
        workings.refreshes().offer(this, target, arguments, lookup, call.entry());
      }
      return resultOf(found);
    }
    reportUnreadable(lookup);
    return missed(call, lookup, target, arguments, startNanos);
  }

  void reportUnreadable(Lookup lookup) {
    if (lookup.unreadable()) {
      stats.error();
      warnOnce(
          "unreadable",
          "Redis holds something under its key that is no entry of ours, or a damaged one; it is replaced.");
    }
  }

  /** The first look-up has found it. */
  void hit(Lookup.Found found, long startNanos) {
    stats.redisHit(System.nanoTime() - startNanos, found.loadMicros(), found.entry().token());
  }

  /** A later look-up, or the load of another caller, has brought it. */
  void coalescedHit() {
    stats.coalescedHit();
  }

  void miss() {
    stats.miss();
  }

  void bypass() {
    stats.bypass();
  }

  /** Takes the lease, or waits for the result of who has it. */
  private @Nullable Object missed(
      CallKeys call,
      Lookup first,
      @Nullable Object target,
      @Nullable Object[] arguments,
      long startNanos)
      throws StoreUnavailableException {
    Lookup lookup = first;
    Lease known = first.lease();
    long deadlineNanos = startNanos + workings.loadWait().toNanos();
    boolean mayWait = true;
    Lease lease = null;
    for (int look = 0; look < MAX_LOOKS; look++) {
      lease = known == null ? acquire(lookup) : known;
      known = null;
      if (lease == null) {
        lookup = entries.find(call);
        if (lookup.hit()) {
          return answeredAfterAll(lookup.result());
        }
        continue;
      }
      if (lease.granted()) {
        return load(lookup, target, arguments, lease, workings.flights().begin(lease));
      }
      long leftNanos = deadlineNanos - System.nanoTime();
      if (!mayWait || leftNanos <= 0 || lease.isOfPut()) {
        break;
      }
      Flights.Wait wait = workings.flights().await(lease, leftNanos);
      if (wait.end() == Flights.End.NOT_HERE) {
        mayWait = workings.protocol().awaitEnd(lookup.keys(), lease, leftNanos);
        look--;
        if (!mayWait || deadlineNanos - System.nanoTime() <= 0) {
          break;
        }
        lookup = entries.find(call);
        if (lookup.hit()) {
          return answeredAfterAll(lookup.result());
        }
        continue;
      }
      Flights.Landing landing = wait.landing();
      byte[] entry = landing == null ? null : landing.entry();
      Lookup.Found found =
          entry == null ? null : entries.read(entry, lookup.keys(), lookup.mainToken());
      if (found != null) {
        return answeredAfterAll(found);
      }
      // It has failed, or can't be cached: whoever waited goes on at once, and for himself.
      mayWait = false;
      if (wait.end() != Flights.End.LANDED) {
        break;
      }
    }
    return load(lookup, target, arguments, lease != null && lease.isOfPut() ? null : lease, null);
  }

  private @Nullable Lease acquire(Lookup lookup) throws StoreUnavailableException {
    LeaseTerms terms = method.leaseTerms(policy);
    return method.asked(
        terms, workings.protocol().acquire(lookup.keys(), lookup.seen(), terms, false));
  }

  private @Nullable Object answeredAfterAll(Lookup.Found found) {
    coalescedHit();
    return resultOf(found);
  }

  private static @Nullable Object resultOf(Lookup.Found found) {
    return found.exception() && found.value() instanceof Throwable thrown
        ? new Thrown(thrown)
        : found.value();
  }

  private Load load(
      Lookup lookup,
      @Nullable Object target,
      @Nullable Object[] arguments,
      @Nullable Lease lease,
      Flights.@Nullable Flight flight) {
    stats.miss();
    return new Load(this, target, arguments, lookup, lease, flight, null, System.nanoTime());
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
      warnOnce("unless", "results are not stored: " + e.getMessage());
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
      Lookup.Found stale = load.lookup().found();
      if (method.cachesException(thrown) && hasItsKey(load)) {
        stored = store(load, thrown, true, loadNanos);
      } else if (stale != null
          && !load.lookup().hit()
          && !stale.exception()
          && mayBeHidden(thrown)) {
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
        workings.protocol().release(load.lookup().keys(), load.lease());
      }
    } catch (Throwable e) {
      broken(e);
    } finally {
      // Where tags come from the result, only Redis knows whether it may be given to others.
      if (load.flight() != null && (sent == null || !method.namesTags())) {
        workings.flights().end(load.flight(), sent);
      }
    }
  }

  /** Before an entry is loaded anew on a thread of ours; null if somebody else does it. */
  @Nullable Load beginRefresh(
      @Nullable Object target, @Nullable Object[] arguments, Lookup lookup, byte[] key)
      throws StoreUnavailableException, UnkeyableException, ExpressionException {
    if (!isStillKey(key, target, arguments)) {
      return null;
    }
    Lease lease = acquire(lookup);
    return lease == null || !lease.granted()
        ? null
        : new Load(
            this,
            target,
            arguments,
            lookup,
            lease,
            workings.flights().begin(lease),
            key,
            System.nanoTime());
  }

  /** The caller has gone on, and may have changed its arguments meanwhile. */
  private boolean isStillKey(byte[] key, @Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException, ExpressionException {
    return Arrays.equals(key, keys.of(target, arguments).entry());
  }

  /**
   * What may be asked before anything else is done for a call; null if something must be done, or
   * nothing is kept in memory.
   */
  @Nullable NearSide nearSide() {
    return method.cachePlan().condition() == null && reloader == null ? near : null;
  }

  EntryPolicy policy() {
    return policy;
  }

  ClassLoader loader() {
    return method.loader();
  }

  String name() {
    return method.plan().displayName();
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
      long ttlMillis = policy.ttlMillis(ThreadLocalRandom.current());
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
      workings
          .protocol()
          .store(
              lookup.keys(),
              named,
              lease,
              entry,
              ttlMillis + policy.staleOnErrorMillis(),
              new StoreEnd(
                  stats,
                  workings.protocol(),
                  lookup.keys(),
                  lease,
                  workings.flights(),
                  load.flight(),
                  entry,
                  tags.size()));
      return entry;
    } catch (ExpressionException e) {
      stats.expressionFailed();
      warnOnce("tags", "results are not stored: " + e.getMessage());
    } catch (UncacheableValueException e) {
      if (e.kind() == UncacheableValueException.Kind.TOO_LARGE) {
        stats.tooLarge();
        warnOnce(
            "large",
            "some results are not stored: larger than `defaults.max-value-size` ("
                + policy.maxValueSizeBytes()
                + " bytes). Raise it, or return less.");
      } else {
        stats.uncacheable();
        warnOnce("value", "results are not stored: " + e.getMessage());
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
    String name = method.plan().displayName();
    workings.log().warnOnce(topic + ' ' + name, name + ": " + message);
  }
}
