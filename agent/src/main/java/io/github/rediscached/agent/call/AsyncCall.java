package io.github.rediscached.agent.call;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The interceptor of a cached method that returns a future, whose value is cached. The caller gets
 * a future of its own at once; {@link AsyncLookup} does the waiting on other threads. The {@link
 * CachedCall} of the value stores the loads. It never waits. Thread-safe.
 */
final class AsyncCall implements Interceptor {

  private final CachedCall values;
  private final CachedMethod method;
  private final CallContext context;
  private final MethodHandle body;

  /**
   * @param values the same method's calls, as if it returned the value itself
   * @param body as {@link CachedCall#reloader}
   */
  AsyncCall(CachedCall values, CachedMethod method, CallContext context, MethodHandle body) {
    this.values = values;
    this.method = method;
    this.context = context;
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
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // It is the application's.
  public Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    LookupSteps steps = null;
    AsyncLookup lookup = null;
    try {
      if (context.asyncThreads().takeRun(this)) {
        return CachedCall.RUN;
      }
      Load refresh = context.refreshes().take(values);
      if (refresh != null) {
        return new AsyncLoad(this, refresh, null);
      }
      Object known = values.lookNear(target, arguments, Judge.ALL);
      if (known == CachedCall.RUN) {
        return known;
      }
      if (!(known instanceof LookupSteps its)) {
        return futureOf(known);
      }
      steps = its;
      if (!context.protocol().isConnected()) {
        return values.bypassed();
      }
      lookup = new AsyncLookup(this, target, arguments, steps);
      steps = null;
      if (lookup.begin() || !lookup.giveUp()) {
        return lookup.answer();
      }
      values.warnOnce(
          "threads",
          "calls run uncached: too many threads of ours are busy with asynchronous methods and"
              + " what follows them, or will be when Redis answers. Have long work done by an"
              + " executor of your own.");
      return values.bypassed();
    } catch (Throwable e) {
      if (lookup != null && !lookup.giveUp()) {
        return lookup.answer();
      }
      values.failedToLookUp(e);
      return CachedCall.RUN;
    } finally {
      if (steps != null) {
        steps.endNear(null);
      }
    }
  }

  private static CompletableFuture<@Nullable Object> futureOf(@Nullable Object known) {
    return known instanceof CachedCall.Thrown thrown
        ? CompletableFuture.failedFuture(thrown.exception())
        : CompletableFuture.completedFuture(known);
  }

  /** Runs the method on this thread, without a look-up. */
  @Nullable Object run(@Nullable Object target, @Nullable Object[] arguments) throws Throwable {
    context.asyncThreads().willRun(this);
    try {
      return (Object) body.invokeExact(target, arguments);
    } finally {
      context.asyncThreads().takeRun(this);
    }
  }

  @Override
  public boolean isRun() {
    return context.asyncThreads().isAboutToRun(this);
  }

  /** Goes on with something in a thread of ours, as if it were the method's own. */
  void elsewhere(Runnable work) {
    context.asyncThreads().run(method.loader(), work);
  }

  /** The same for a call that has a place among them. */
  void goOn(Runnable work) {
    context.asyncThreads().goOn(method.loader(), work);
  }

  CachedCall values() {
    return values;
  }

  CallContext context() {
    return context;
  }
}
