package io.github.rediscached.benchmarks.near;

import io.github.rediscached.benchmarks.JedisConnections;
import io.github.rediscached.benchmarks.hit.KryoPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.csc.CacheConfig;
import redis.clients.jedis.params.SetParams;

/**
 * Jedis with <a
 * href="https://redis.io/docs/latest/develop/clients/jedis/connect/#connect-using-client-side-caching">client-side
 * caching</a> and Kryo, which gives every caller an object of its own. Needs Redis 7.4.
 */
final class JedisCache implements NearCache {

  private final RedisClient client;
  private final String prefix;
  private final long ttlSeconds;
  private final Source source;
  private final KryoPool kryo = KryoPool.registered(Product.class, Product.Availability.class);

  JedisCache(String uri, String prefix, int maximumSize, Duration ttl, Source source) {
    this.client =
        JedisConnections.to(uri)
            .cacheConfig(CacheConfig.builder().maxSize(maximumSize).build())
            .build();
    this.prefix = prefix;
    this.ttlSeconds = ttl.toSeconds();
    this.source = source;
  }

  @Override
  public Object find(long id) {
    byte[] key = (prefix + id).getBytes(StandardCharsets.US_ASCII);
    byte[] entry = client.get(key);
    if (entry != null) {
      return kryo.read(entry);
    }
    Object loaded = source.load(id);
    client.set(key, kryo.write(loaded), SetParams.setParams().ex(ttlSeconds));
    return loaded;
  }

  @Override
  public long farCalls() {
    return client.getCache().getStats().getMissCount();
  }

  @Override
  public void close() {
    client.close();
  }
}
