package io.github.rediscached.agent.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes time to know, and is not asked for yet. It is asked once: by a thread that
 * waits for the answer, or by one that goes on. Both ways have a deadline. Calls ask Redis so, and
 * wait so for the loads of other calls.
 */
public interface Question<T extends @Nullable Object> {

  /**
   * Asks, and waits for the answer.
   *
   * @throws StoreUnavailableException if Redis has not answered
   */
  T ask() throws StoreUnavailableException;

  /**
   * Asks, and returns at once.
   *
   * @return fails with a {@link StoreUnavailableException}; completes on a thread on which nothing
   *     may wait
   */
  CompletableFuture<T> askLater();

  /**
   * The same question, of which the answer is understood in another way.
   *
   * @param unanswered done where the question may have reached Redis and there is no answer, before
   *     the failure is told
   */
  default <R extends @Nullable Object> Question<R> map(
      Function<? super T, ? extends R> then, Runnable unanswered) {
    return new MappedQuestion<>(this, then, unanswered);
  }
}
