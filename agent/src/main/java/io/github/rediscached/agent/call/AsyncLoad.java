package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A method that returns a future, from its run until that future is done. Ends once, on a thread of
 * ours: first the value is stored, or the lease given back, then the caller gets it, who may change
 * it.
 */
final class AsyncLoad implements Running {

  private final AsyncCall call;
  private final @Nullable Running load;
  private final @Nullable CompletableFuture<@Nullable Object> answer;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param load told of the value; null if it is not to be stored
   * @param answer the caller's future; null if no caller waits
   */
  AsyncLoad(
      AsyncCall call,
      @Nullable Running load,
      @Nullable CompletableFuture<@Nullable Object> answer) {
    this.call = call;
    this.load = load;
    this.answer = answer;
  }

  @Override
  public void returned(@Nullable Object result) {
    if (!(result instanceof CompletionStage<?> future)) {
      end(
          null,
          new NullPointerException(call.values().name() + " has returned null, not a future"));
      return;
    }
    try {
      var ignored =
          future.whenComplete((value, failure) -> call.elsewhere(() -> end(value, failure)));
    } catch (Throwable e) {
      // A future of the application's own making.
      end(null, e);
    }
  }

  @Override
  public Object threw(Throwable thrown) {
    end(null, thrown);
    return RETHROW;
  }

  private void end(@Nullable Object value, @Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Object result = failure == null ? value : RETHROW;
    try {
      if (load != null) {
        if (failure == null) {
          load.returned(value);
        } else {
          result = load.threw(causeOf(failure));
        }
      }
    } finally {
      if (answer != null) {
        if (failure != null && result == RETHROW) {
          answer.completeExceptionally(failure);
        } else {
          answer.complete(result);
        }
      }
    }
  }

  /** What was thrown, without what futures put around it. */
  static Throwable causeOf(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
