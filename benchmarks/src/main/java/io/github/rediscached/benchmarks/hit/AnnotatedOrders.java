package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.RedisCached;

/** Cached by the agent, if it is there. */
final class AnnotatedOrders implements OrderCache {

  private final OrderSource source;

  AnnotatedOrders(OrderSource source) {
    this.source = source;
  }

  @Override
  @RedisCached(cache = "orders", ttl = "1h")
  public Order find(long id) {
    return source.load(id);
  }

  @Override
  public void close() {}
}
