package io.github.rediscached.benchmarks.hit;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.Kryo5ValueDecoder;
import com.alicp.jetcache.support.Kryo5ValueEncoder;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * JetCache's remote cache with its fastest encoder. Its API is called directly, which spares it the
 * aspect that its annotations would need.
 */
final class JetCacheOrders implements OrderCache {

  private final RedisClient client;
  private final Cache<Long, Order> cache;
  private final OrderSource source;

  JetCacheOrders(String uri, String prefix, OrderSource source) {
    this.client = RedisClient.create(uri);
    this.source = source;
    this.cache =
        RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
            .redisClient(client)
            .keyPrefix(prefix)
            .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
            .valueEncoder(Kryo5ValueEncoder.INSTANCE)
            .valueDecoder(Kryo5ValueDecoder.INSTANCE)
            .expireAfterWrite(1, TimeUnit.HOURS)
            .buildCache();
  }

  @Override
  public Order find(long id) {
    return cache.computeIfAbsent(id, source::load);
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }
}
