package io.github.rediscached.agent.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** See {@link Question#map}. */
record MappedQuestion<A extends @Nullable Object, T extends @Nullable Object>(
    Question<A> asked, Function<? super A, ? extends T> then, Runnable unanswered)
    implements Question<T> {

  @Override
  public T ask() throws StoreUnavailableException {
    try {
      return then.apply(asked.ask());
    } catch (StoreUnavailableException | RuntimeException | Error e) {
      giveUp(e);
      throw e;
    }
  }

  @Override
  public CompletableFuture<T> askLater() {
    CompletableFuture<T> answer = asked.askLater().thenApply(then);
    var ignored =
        answer.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                giveUp(failure instanceof CompletionException ? failure.getCause() : failure);
              }
            });
    return answer;
  }

  private void giveUp(@Nullable Throwable failure) {
    if (!(failure instanceof StoreUnavailableException unavailable) || unavailable.asked()) {
      unanswered.run();
    }
  }
}
