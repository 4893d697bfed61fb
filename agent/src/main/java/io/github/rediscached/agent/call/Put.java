package io.github.rediscached.agent.call;

import io.github.rediscached.agent.codec.UncacheableValueException;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.key.UnkeyableException;
import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Invalidation;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.LeaseTerms;
import io.github.rediscached.agent.protocol.Protocol;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One {@code @RedisPut} of a method. Where the result can't be stored safely, the entry is evicted
 * instead: the method has probably changed what it stands for. Thread-safe.
 */
final class Put {

  private final CachedMethod method;
  private final Entries entries;
  private final EntryPolicy policy;
  private final CallKeyPlan keys;
  private final byte[] cacheVersion;
  private final CacheStats stats;
  private final CallContext context;
  private final BiConsumer<String, String> warnOnce;

  /**
   * @param warnOnce topic and message
   */
  Put(
      CachedMethod method,
      Entries entries,
      CallContext context,
      BiConsumer<String, String> warnOnce) {
    this.method = method;
    this.entries = entries;
    this.policy = entries.policy();
    this.keys = new CallKeyPlan(method, context.protocol().keys());
    this.cacheVersion = context.protocol().keys().cacheVersion(method.cache());
    this.stats = context.stats().cache(method.cache());
    this.context = context;
    this.warnOnce = warnOnce;
  }

  /**
   * What is known of a put while its method runs.
   *
   * @param keys null if the key is not known before the method has ended
   * @param lease null if there is none: then the entry is evicted
   */
  record Begun(Put put, @Nullable CallKeys keys, @Nullable Lease lease, long startNanos) {}

  /** Before the method. */
  Begun begin(ExpressionCall call) {
    CallKeys callKeys = null;
    Lease lease = null;
    try {
      Expression key = method.cachePlan().key();
      if (key == null || !key.usesResult()) {
        callKeys = keys.of(call.target(), call.arguments());
        if (context.enabled().getAsBoolean()) {
          LeaseTerms terms = method.leaseTerms(policy);
          lease =
              method.asked(
                  terms,
                  context.protocol().acquire(callKeys, Protocol.NOTHING_SEEN, terms, true).ask());
        }
      }
    } catch (StoreUnavailableException e) {
      stats.error();
    } catch (UnkeyableException | ExpressionException e) {
      warnOnce.accept("put key", "evicts the whole cache: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // Without a lease it evicts.
      stats.error();
    }
    return new Begun(this, callKeys, lease, System.nanoTime());
  }

  /** The same for a call during which something else may put; at its end the entry is evicted. */
  Begun beginUnderway() {
    return new Begun(this, null, null, System.nanoTime());
  }

  /**
   * After the method.
   *
   * @param call with its result
   */
  void returned(Begun begun, ExpressionCall call) {
    try {
      Expression condition = method.cachePlan().condition();
      if (condition != null && !condition.test(call)) {
        release(begun);
        return;
      }
      if (begun.lease() != null && begun.keys() != null && isStored(begun, call)) {
        stats.put();
        return;
      }
    } catch (ExpressionException e) {
      stats.expressionFailed();
      warnOnce.accept("put", "evicts instead of storing: " + e.getMessage());
    } catch (StoreUnavailableException | RuntimeException | Error e) {
      stats.error();
    }
    evict(begun, call);
  }

  /** After the method has thrown: what it has done before is not known. */
  void threw(Begun begun, ExpressionCall call) {
    Expression key = method.cachePlan().key();
    boolean nothingMade = key != null && key.usesResult() && call.result() == null;
    if (!nothingMade) {
      evict(begun, call);
    }
  }

  private boolean isStored(Begun begun, ExpressionCall call)
      throws ExpressionException, StoreUnavailableException {
    Expression unless = method.cachePlan().unless();
    if ((call.result() == null && !method.cachePlan().options().cacheNull())
        || (unless != null && unless.test(call))
        || begun.keys() == null
        || begun.lease() == null) {
      return false;
    }
    long loadNanos = System.nanoTime() - begun.startNanos();
    method.loaded(loadNanos);
    List<String> tags = method.tags().named(call);
    long ttlMillis = policy.ttlMillis(ThreadLocalRandom.current());
    try {
      byte[] entry =
          entries.write(
              call.target(),
              begun.keys(),
              begun.lease(),
              0,
              tags,
              call.result(),
              false,
              ttlMillis,
              loadNanos);
      return context
          .protocol()
          .storeNow(begun.keys(), entries.named(tags), begun.lease(), entry, ttlMillis);
    } catch (UncacheableValueException e) {
      if (e.kind() == UncacheableValueException.Kind.TOO_LARGE) {
        stats.tooLarge();
      } else {
        stats.uncacheable();
      }
      warnOnce.accept("put value", "results are not stored: " + e.getMessage());
      return false;
    }
  }

  private void release(Begun begun) {
    if (begun.keys() != null && begun.lease() != null) {
      context.protocol().release(begun.keys(), begun.lease());
    }
  }

  private void evict(Begun begun, ExpressionCall call) {
    Invalidation invalidation = context.invalidations().nothingYet();
    try {
      CallKeys known = begun.keys();
      Expression key = method.cachePlan().key();
      byte[] entry = known != null || key == null ? null : method.keys().keyOf(key.evaluate(call));
      if (known != null) {
        entry = known.entry();
      }
      if (entry == null) {
        invalidation.version(cacheVersion);
      } else {
        invalidation.entry(entry, cacheVersion);
      }
    } catch (UnkeyableException | ExpressionException e) {
      invalidation.version(cacheVersion);
    }
    context.invalidations().unlink(invalidation);
    stats.evicted(1);
  }
}
