package io.github.rediscached.agent.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** See {@link Question#map}. */
record MappedQuestion<A extends @Nullable Object, T extends @Nullable Object>(
    Question<A> asked, Function<? super A, ? extends T> then, Runnable unanswered)
    implements Question<T> {

  @Override
  public T ask() throws StoreUnavailableException {
    boolean answered = false;
    try {
      T answer = then.apply(asked.ask());
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        unanswered.run();
      }
    }
  }

  @Override
  public CompletableFuture<T> askLater() {
    CompletableFuture<T> answer = asked.askLater().thenApply(then);
    var ignored =
        answer.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                unanswered.run();
              }
            });
    return answer;
  }
}
