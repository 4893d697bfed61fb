package io.github.rediscached.agent.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A question that Redis answers.
 *
 * @param counted whether a failure counts, and is logged
 */
record StoreQuestion<T extends @Nullable Object>(
    RedisStore store, Exchange.Maker<T> exchange, boolean counted) implements Question<T> {

  @Override
  public T ask() throws StoreUnavailableException {
    Link link = store.openLink();
    try {
      return exchange.on(link).await(store.timeoutNanos());
    } catch (RequestFailedException e) {
      throw store.unavailable(link, e, counted);
    }
  }

  @Override
  public CompletableFuture<T> askLater() {
    try {
      Link link = store.presentLink();
      return exchange
          .on(link)
          .later(store.timer(), store.timeoutNanos())
          .handle(
              (answer, failure) -> {
                if (failure != null) {
                  throw new CompletionException(store.unavailable(link, failure, counted));
                }
                return answer;
              });
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
