package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import io.github.rediscached.agent.expression.ExpressionCall;
import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.StackRoom;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The interceptor of a method that evicts or puts, and perhaps is cached itself. It runs the {@link
 * Eviction}s and {@link Put}s before and after the method, and again at the end of a transaction.
 * It never throws into the application. Thread-safe.
 */
final class WritingCall implements Interceptor {

  private final Method method;
  private final ClassLoader loader;
  private final List<Eviction> evictions;
  private final List<Put> puts;
  private final @Nullable Interceptor cached;
  private final CallContext context;
  private final SpringTransactions transactions;
  private final Consumer<Throwable> broken;

  /**
   * @param cached if the method is cached itself
   * @param broken told what should not happen
   */
  WritingCall(
      Method method,
      ClassLoader loader,
      List<Eviction> evictions,
      List<Put> puts,
      @Nullable Interceptor cached,
      CallContext context,
      Consumer<Throwable> broken) {
    this.method = method;
    this.loader = loader;
    this.evictions = evictions;
    this.puts = puts;
    this.cached = cached;
    this.context = context;
    this.transactions = SpringTransactions.of(loader);
    this.broken = broken;
  }

  /** The method runs. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Write(
      WritingCall call,
      @Nullable Object target,
      @Nullable Object[] arguments,
      List<Eviction.Target> evicted,
      List<Put.Begun> puts,
      @Nullable Running inner)
      implements Running {

    @Override
    public void returned(@Nullable Object result) {
      call.returned(this, result);
    }

    @Override
    public @Nullable Object threw(Throwable thrown) {
      return call.threw(this, thrown);
    }
  }

  /** The method runs, with so little stack left that this thread must not touch what all share. */
  private record Cramped(WritingCall call) implements Running {

    @Override
    public void returned(@Nullable Object result) {
      call.invalidateElsewhere();
    }

    @Override
    public @Nullable Object threw(Throwable thrown) {
      call.invalidateElsewhere();
      return Running.RETHROW;
    }
  }

  @Override
  public @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    if (!StackRoom.isThere()) {
      return new Cramped(this);
    }
    ExpressionCall call = new ExpressionCall(method, target, arguments, null, loader);
    List<Eviction.Target> evicted = new ArrayList<>(evictions.size());
    // Where it has begun elsewhere these have been evicted there, before the look-up; a second time
    // would take away the lease of its own load.
    if (cached == null || !cached.isRun()) {
      evictBefore(call, evicted);
    }
    Object inner = cached == null ? CachedCall.RUN : cached.begin(target, arguments);
    if (inner != CachedCall.RUN && !(inner instanceof Running)) {
      return inner;
    }
    List<Put.Begun> begun = new ArrayList<>(puts.size());
    for (Put put : puts) {
      begun.add(put.begin(call));
    }
    return new Write(
        this, target, arguments, evicted, begun, inner instanceof Running running ? running : null);
  }

  /**
   * The same for a call that may be served by what it calls: nothing is looked up or put, and if
   * the end is told, what would have been put is evicted.
   */
  Running beginUnderway(@Nullable Object target, @Nullable Object[] arguments) {
    if (!StackRoom.isThere()) {
      return new Cramped(this);
    }
    List<Eviction.Target> evicted = new ArrayList<>(evictions.size());
    evictBefore(new ExpressionCall(method, target, arguments, null, loader), evicted);
    List<Put.Begun> begun = new ArrayList<>(puts.size());
    for (Put put : puts) {
      begun.add(put.beginUnderway());
    }
    return new Write(this, target, arguments, evicted, begun, null);
  }

  /** More than it should, since what that is can't be found out here; but it is never stale. */
  private void invalidateElsewhere() {
    try {
      Thread thread =
          DaemonThreads.named("rediscached-evictions", context.invalidations()::everything);
      thread.start();
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    } catch (Throwable e) {
      broken.accept(e);
    }
  }

  private void evictBefore(ExpressionCall call, List<Eviction.Target> evicted) {
    for (Eviction eviction : evictions) {
      if (eviction.isBeforeInvocation()) {
        evict(eviction, call, evicted);
      }
    }
  }

  private void returned(Write write, @Nullable Object result) {
    ExpressionCall call =
        new ExpressionCall(method, write.target(), write.arguments(), result, loader);
    try {
      for (Eviction eviction : evictions) {
        if (!eviction.isBeforeInvocation()) {
          evict(eviction, call, write.evicted());
        }
      }
      atEnd(
          write.evicted(),
          committed -> {
            evictAgain(write.evicted());
            endPuts(write, call, committed);
          },
          () -> endPuts(write, call, true));
      if (result instanceof CompletionStage<?> future && AsyncCall.isFor(method)) {
        evictWhenDone(future, write.evicted());
      }
    } catch (Throwable e) {
      broken.accept(e);
    } finally {
      if (write.inner() != null) {
        write.inner().returned(result);
      }
    }
  }

  private @Nullable Object threw(Write write, Throwable thrown) {
    ExpressionCall call =
        new ExpressionCall(method, write.target(), write.arguments(), null, loader);
    try {
      List<Eviction.Target> ifRolledBack = new ArrayList<>();
      for (Eviction eviction : evictions) {
        if (eviction.isBeforeInvocation()) {
          continue;
        }
        if (eviction.isOnException()) {
          evict(eviction, call, write.evicted());
        } else if (!eviction.usesResult()) {
          // The transaction may have loaded, and others stored, what will never have been.
          Eviction.Target target = eviction.targetOf(call);
          if (target != null) {
            ifRolledBack.add(target);
          }
        }
      }
      endPuts(write, call, false);
      List<Eviction.Target> all = new ArrayList<>(write.evicted());
      all.addAll(ifRolledBack);
      atEnd(
          all,
          committed -> {
            evictAgain(committed ? write.evicted() : all);
            endPuts(write, call, false);
          },
          () -> {});
    } catch (Throwable e) {
      broken.accept(e);
    }
    return write.inner() == null ? Running.RETHROW : write.inner().threw(thrown);
  }

  /** At the end of the transaction; or now, if there is none. */
  private void atEnd(List<Eviction.Target> evicted, Consumer<Boolean> ended, Runnable now) {
    boolean nothingToDo = evicted.isEmpty() && puts.isEmpty();
    if (nothingToDo || !transactions.atEnd(ended)) {
      now.run();
    }
  }

  private void evict(Eviction eviction, ExpressionCall call, List<Eviction.Target> evicted) {
    try {
      Eviction.Target target = eviction.targetOf(call);
      if (target != null) {
        evicted.add(target);
        target.evict();
      }
    } catch (Throwable e) {
      broken.accept(e);
    }
  }

  private void evictAgain(List<Eviction.Target> evicted) {
    for (Eviction.Target target : evicted) {
      try {
        target.evictAgain();
      } catch (Throwable e) {
        broken.accept(e);
      }
    }
  }

  /** What was loaded before the future is done may be of before the change. */
  private void evictWhenDone(CompletionStage<?> future, List<Eviction.Target> evicted) {
    if (!evicted.isEmpty() && !(future instanceof CompletableFuture<?> done && done.isDone())) {
      var ignored =
          future.whenComplete(
              (value, failure) -> {
                if (failure == null) {
                  context.asyncThreads().run(loader, () -> evictAgain(evicted));
                }
              });
    }
  }

  private void endPuts(Write write, ExpressionCall call, boolean worked) {
    for (Put.Begun put : write.puts()) {
      try {
        if (worked) {
          put.put().returned(put, call);
        } else {
          put.put().threw(put, call);
        }
      } catch (Throwable e) {
        broken.accept(e);
      }
    }
  }
}
