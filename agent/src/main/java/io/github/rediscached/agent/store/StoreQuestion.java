package io.github.rediscached.agent.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A question that Redis answers.
 *
 * @param key whose server is asked
 * @param counted whether a failure counts, and is logged
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoreQuestion<T extends @Nullable Object>(
    RedisStore store, byte[] key, Exchange.Maker<T> exchange, boolean counted)
    implements Question<T> {

  @Override
  public T ask() throws StoreUnavailableException {
    Route route = store.openRoute(key);
    try {
      return exchange.on(route).await(store.timeoutNanos());
    } catch (RequestFailedException e) {
      throw store.unavailable(route.link(), e, counted);
    }
  }

  @Override
  public CompletableFuture<T> askLater() {
    try {
      Route route = store.presentRoute(key);
      return exchange
          .on(route)
          .later(store.timer(), store.timeoutNanos())
          .handle(
              (answer, failure) -> {
                if (failure != null) {
                  throw new CompletionException(store.unavailable(route.link(), failure, counted));
                }
                return answer;
              });
    } catch (StoreUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
