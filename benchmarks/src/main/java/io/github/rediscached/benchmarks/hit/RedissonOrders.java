package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.benchmarks.RedissonConnection;
import java.time.Duration;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;

/**
 * Cache-aside with one of Redisson's <a
 * href="https://redisson.pro/docs/data-and-services/objects/">object holders</a> for each entry.
 */
final class RedissonOrders implements OrderCache {

  private static final Duration TTL = Duration.ofHours(1);

  private final RedissonClient client;
  private final String prefix;
  private final OrderSource source;

  RedissonOrders(String uri, String prefix, OrderSource source) {
    this.client = RedissonConnection.open(uri);
    this.prefix = prefix;
    this.source = source;
  }

  @Override
  public Order find(long id) {
    RBucket<Order> bucket = client.getBucket(prefix + id);
    Order cached = bucket.get();
    if (cached != null) {
      return cached;
    }
    Order order = source.load(id);
    bucket.set(order, TTL);
    return order;
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
