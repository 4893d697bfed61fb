package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.thread.StackRoom;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The story of a call of one cached method that returns a future, of which the value is cached. The
 * caller gets a future of its own at once, and what there is to wait for is waited for elsewhere:
 * see {@link AsyncLookup}. What comes of a load, {@link CachedCall} knows. Thread-safe.
 */
final class AsyncCall {

  private final CachedCall values;
  private final CachedMethod method;
  private final Entries entries;
  private final EntryPolicy policy;
  private final Workings workings;
  private final @Nullable NearSide near;
  private final MethodHandle body;

  /**
   * @param values the same method's calls, as if it returned the value itself
   * @param near null if nothing is kept in memory
   * @param body as {@link CachedCall#reloader}
   */
  AsyncCall(
      CachedCall values,
      CachedMethod method,
      Entries entries,
      EntryPolicy policy,
      Workings workings,
      @Nullable NearSide near,
      MethodHandle body) {
    this.values = values;
    this.method = method;
    this.entries = entries;
    this.policy = policy;
    this.workings = workings;
    this.near = near;
    this.body = body;
  }

  /** Whether a method returns a future of a kind that can be cached. */
  static boolean isFor(Method method) {
    Class<?> type = method.getReturnType();
    return type == CompletableFuture.class || type == CompletionStage.class;
  }

  /**
   * Before the method: a future of its value, maybe complete already, or {@link CachedCall#RUN}, or
   * an {@link AsyncLoad} to be told how the method ends. Never waits, and never throws.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It is the application's.
  Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    AsyncLookup lookup = null;
    NearMiss miss = null;
    try {
      if (workings.asyncThreads().takeRun(this)) {
        return CachedCall.RUN;
      }
      Load refresh = workings.refreshes().take(values);
      if (refresh != null) {
        return new AsyncLoad(this, refresh, null);
      }
      if (!values.concernsCache(target, arguments)) {
        return CachedCall.RUN;
      }
      CallKeys keys;
      if (near == null) {
        keys = values.keys().of(target, arguments);
        if (!StackRoom.isThere()) {
          values.bypass();
          return CachedCall.RUN;
        }
      } else {
        Object known = near.look(values.keys(), target, arguments);
        if (known == CachedCall.RUN) {
          return CachedCall.RUN;
        }
        if (!(known instanceof NearMiss nearMiss)) {
          return futureOf(known);
        }
        miss = nearMiss;
        keys = miss.keys();
      }
      if (!mayAsk() || values.isToBypass(keys)) {
        return CachedCall.RUN;
      }
      lookup = new AsyncLookup(this, target, arguments, keys, miss);
      miss = null;
      if (lookup.begin() || !lookup.giveUp()) {
        return lookup.answer();
      }
      values.bypass();
      values.warnOnce(
          "threads",
          "calls run uncached: too many threads of ours are busy with asynchronous methods and"
              + " what follows them, or will be when Redis answers. Have long work done by an"
              + " executor of your own.");
      return CachedCall.RUN;
    } catch (Throwable e) {
      if (lookup != null && !lookup.giveUp()) {
        return lookup.answer();
      }
      values.failedToLookUp(e);
      return CachedCall.RUN;
    } finally {
      if (miss != null) {
        miss.end(null);
      }
    }
  }

  private static CompletableFuture<@Nullable Object> futureOf(@Nullable Object known) {
    return known instanceof CachedCall.Thrown thrown
        ? CompletableFuture.failedFuture(thrown.exception())
        : CompletableFuture.completedFuture(known);
  }

  /** Whether Redis can be asked; counts the calls for which it can't. */
  private boolean mayAsk() {
    if (!workings.protocol().isConnected()) {
      values.bypass();
      return false;
    }
    return true;
  }

  /** Runs the method on this thread, without a look-up. */
  @Nullable Object run(@Nullable Object target, @Nullable Object[] arguments) throws Throwable {
    workings.asyncThreads().willRun(this);
    try {
      return (Object) body.invokeExact(target, arguments);
    } finally {
      workings.asyncThreads().takeRun(this);
    }
  }

  /** Whether the call that this thread makes is a part of one that has begun elsewhere. */
  boolean isRun() {
    return workings.asyncThreads().isAboutToRun(this);
  }

  /** Goes on with something in a thread of ours, as if it were the method's own. */
  void elsewhere(Runnable work) {
    workings.asyncThreads().run(method.loader(), work);
  }

  /** The same for a call that has a place among them. */
  void goOn(Runnable work) {
    workings.asyncThreads().goOn(method.loader(), work);
  }

  CachedCall values() {
    return values;
  }

  CachedMethod method() {
    return method;
  }

  Entries entries() {
    return entries;
  }

  EntryPolicy policy() {
    return policy;
  }

  Workings workings() {
    return workings;
  }
}
