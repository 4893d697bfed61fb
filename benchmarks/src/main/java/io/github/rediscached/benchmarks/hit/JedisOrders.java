package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.benchmarks.JedisConnections;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * Cache-aside with Jedis: each call has a connection of its own from the pool while it waits, and
 * reads the answer itself. Bytes and Kryo as in {@link HandWritten}.
 */
final class JedisOrders implements OrderCache {

  private static final long TTL_SECONDS = 3600;

  private final RedisClient client;
  private final String prefix;
  private final OrderSource source;
  private final KryoPool kryo = KryoPool.registered();

  JedisOrders(String uri, String prefix, OrderSource source) {
    this.client = JedisConnections.to(uri).build();
    this.prefix = prefix;
    this.source = source;
  }

  @Override
  public Order find(long id) {
    byte[] key = (prefix + id).getBytes(StandardCharsets.US_ASCII);
    byte[] entry = client.get(key);
    if (entry != null) {
      return (Order) kryo.read(entry);
    }
    Order order = source.load(id);
    client.set(key, kryo.write(order), SetParams.setParams().ex(TTL_SECONDS));
    return order;
  }

  @Override
  public void close() {
    client.close();
  }
}
