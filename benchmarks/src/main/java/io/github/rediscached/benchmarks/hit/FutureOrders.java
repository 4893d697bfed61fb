package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.RedisCached;
import java.util.concurrent.CompletableFuture;

/** A method that returns a future, cached by the agent, and a caller that waits for it. */
final class FutureOrders implements OrderCache {

  private final OrderSource source;

  FutureOrders(OrderSource source) {
    this.source = source;
  }

  @Override
  public Order find(long id) {
    return later(id).join();
  }

  @RedisCached(cache = "future-orders", ttl = "1h")
  CompletableFuture<Order> later(long id) {
    return CompletableFuture.completedFuture(source.load(id));
  }

  @Override
  public void close() {}
}
