package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.RedisCached;

/** Cached by the agent, with three tags each. */
final class TaggedOrders {

  private TaggedOrders() {}

  static final class ByArgument implements OrderCache {

    private final OrderSource source;

    ByArgument(OrderSource source) {
      this.source = source;
    }

    @Override
    @RedisCached(
        cache = "orders-by-argument",
        ttl = "1h",
        tags = {"order:#{#id}", "orders", "tenth:#{#id % 10}"})
    public Order find(long id) {
      return source.load(id);
    }

    @Override
    public void close() {}
  }

  static final class ByResult implements OrderCache {

    private final OrderSource source;

    ByResult(OrderSource source) {
      this.source = source;
    }

    @Override
    @RedisCached(
        cache = "orders-by-result",
        ttl = "1h",
        tags = {"order:#{#id}", "orders", "customer:#{#result.customer.name}"})
    public Order find(long id) {
      return source.load(id);
    }

    @Override
    public void close() {}
  }
}
