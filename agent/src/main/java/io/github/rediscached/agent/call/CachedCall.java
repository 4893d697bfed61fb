package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.UncacheableValueException;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The story of a call of one cached method. {@link #enter} looks the arguments up and answers with
 * the result, or lets the method run; {@link #exit} then stores what it returned, {@link #fail}
 * what it threw if that is wanted. Nothing here ever throws into the application. Thread-safe.
 */
final class CachedCall {

  private final CachedMethod method;
  private final Entries entries;
  private final EntryPolicy policy;
  private final CacheStats stats;
  private final Bridge bridge;
  private final BooleanSupplier enabled;
  private final AgentLog log;
  private final Object run;
  private final Runnable countError;

  CachedCall(
      CachedMethod method,
      Entries entries,
      EntryPolicy policy,
      CacheStats stats,
      Bridge bridge,
      BooleanSupplier enabled,
      AgentLog log) {
    this.method = method;
    this.entries = entries;
    this.policy = policy;
    this.stats = stats;
    this.bridge = bridge;
    this.enabled = enabled;
    this.log = log;
    this.run = bridge.run();
    this.countError =
        new Runnable() {
          @Override
          public void run() {
            stats.error();
          }
        };
  }

  /** Before the method: its result, or one of the bridge's objects that let it run. */
  @Nullable Object enter(@Nullable Object target, @Nullable Object[] arguments) {
    try {
      if (!enabled.getAsBoolean() || !concerns(target, arguments)) {
        stats.bypass();
        return run;
      }
      return lookUp(target, arguments);
    } catch (StoreUnavailableException e) {
      if (e.connected()) {
        stats.miss();
        stats.error();
      } else {
        stats.bypass();
      }
    } catch (UnkeyableException e) {
      stats.bypass();
      warnOnce("key", "calls run uncached: " + e.getMessage());
    } catch (ExpressionException e) {
      stats.bypass();
      warnOnce("expression", "calls run uncached: " + e.getMessage());
    } catch (Throwable e) {
      broken(e);
    }
    return run;
  }

  /** After the method has returned. */
  void exit(@Nullable Object result, Load load) {
    try {
      long loadNanos = System.nanoTime() - load.startNanos();
      stats.load(loadNanos);
      if (isToBeStored(load, result)) {
        store(load, result, false, loadNanos);
      }
    } catch (ExpressionException e) {
      warnOnce("unless", "results are not stored: " + e.getMessage());
    } catch (Throwable e) {
      broken(e);
    }
  }

  /** After the method has thrown. */
  void fail(Throwable thrown, Load load) {
    try {
      long loadNanos = System.nanoTime() - load.startNanos();
      stats.loadFailure(loadNanos);
      if (method.cachesException(thrown)) {
        store(load, thrown, true, loadNanos);
      }
    } catch (Throwable e) {
      broken(e);
    }
  }

  private @Nullable Object lookUp(@Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException, ExpressionException, StoreUnavailableException {
    byte[] key = keyOf(target, arguments);
    long startNanos = System.nanoTime();
    Lookup lookup = entries.find(key);
    long endNanos = System.nanoTime();
    if (lookup.hit()) {
      stats.hit(endNanos - startNanos, lookup.loadMicros());
      return lookup.exception() && lookup.value() instanceof Throwable thrown
          ? bridge.thrown(thrown)
          : lookup.value();
    }
    stats.miss();
    if (lookup.unreadable()) {
      stats.error();
      warnOnce(
          "unreadable",
          "Redis holds something under its key that is no entry of ours, or a damaged one; it is replaced.");
    }
    return bridge.miss(
        new Load(this, target, arguments, lookup.entryKey(), lookup.mainToken(), endNanos));
  }

  private byte[] keyOf(@Nullable Object target, @Nullable Object[] arguments)
      throws UnkeyableException, ExpressionException {
    Expression key = method.plan().key();
    return key == null
        ? method.keys().key(target, arguments)
        : method.keys().keyOf(key.evaluate(expressionCall(target, arguments, null)));
  }

  private boolean concerns(@Nullable Object target, @Nullable Object[] arguments)
      throws ExpressionException {
    Expression condition = method.plan().condition();
    return condition == null || condition.test(expressionCall(target, arguments, null));
  }

  private boolean isToBeStored(Load load, @Nullable Object result) throws ExpressionException {
    if (result == null && !method.plan().options().cacheNull()) {
      return false;
    }
    Expression unless = method.plan().unless();
    return unless == null || !unless.test(expressionCall(load.target(), load.arguments(), result));
  }

  private void store(Load load, @Nullable Object value, boolean exception, long loadNanos) {
    try {
      entries.store(load, value, exception, loadNanos, policy, countError);
      stats.put();
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
  }

  private ExpressionCall expressionCall(
      @Nullable Object target, @Nullable Object[] arguments, @Nullable Object result) {
    return new ExpressionCall(method.method(), target, arguments, result, method.loader());
  }

  private void broken(Throwable e) {
    try {
      stats.error();
      warnOnce("broken", "a call ran uncached: " + e);
    } catch (Throwable hopeless) {
      // No memory or stack left to say so.
    }
  }

  private void warnOnce(String topic, String message) {
    String name = method.plan().displayName();
    log.warnOnce(topic + ' ' + name, name + ": " + message);
  }
}
