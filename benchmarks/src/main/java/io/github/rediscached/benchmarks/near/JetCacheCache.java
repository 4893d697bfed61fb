package io.github.rediscached.benchmarks.near;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.CacheBuilder;
import com.alicp.jetcache.SimpleCacheManager;
import com.alicp.jetcache.anno.CacheConsts;
import com.alicp.jetcache.anno.CacheType;
import com.alicp.jetcache.embedded.CaffeineCacheBuilder;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.Kryo5ValueDecoder;
import com.alicp.jetcache.support.Kryo5ValueEncoder;
import com.alicp.jetcache.template.CacheBuilderTemplate;
import com.alicp.jetcache.template.QuickConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Map;

/**
 * JetCache with two levels, Caffeine and Redis, that tells other JVMs what has changed: <a
 * href="https://github.com/alibaba/jetcache/blob/master/docs/EN/CreateCache.md">{@code
 * CacheType.BOTH} and {@code syncLocal}</a>, with the <a
 * href="https://github.com/alibaba/jetcache/blob/master/docs/EN/Config.md">key convertor</a> of its
 * examples. Its API is called directly, which spares it the aspect that its annotations would need.
 * All callers get the same object.
 */
final class JetCacheCache implements NearCache {

  private final RedisClient client;
  private final SimpleCacheManager manager;
  private final Cache<Long, Object> cache;
  private final Source source;

  JetCacheCache(String uri, String prefix, int maximumSize, Duration ttl, Source source) {
    this.client = RedisClient.create(uri);
    this.source = source;
    this.manager = new SimpleCacheManager();
    CacheBuilder memory =
        CaffeineCacheBuilder.createCaffeineCacheBuilder()
            .keyConvertor(Fastjson2KeyConvertor.INSTANCE);
    CacheBuilder redis =
        RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
            .redisClient(client)
            .pubSubConnection(client.connectPubSub(ByteArrayCodec.INSTANCE))
            .broadcastChannel(prefix + "changes")
            .keyPrefix(prefix)
            .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
            .valueEncoder(Kryo5ValueEncoder.INSTANCE)
            .valueDecoder(Kryo5ValueDecoder.INSTANCE);
    manager.setCacheBuilderTemplate(template(memory, redis));
    this.cache =
        manager.getOrCreateCache(
            QuickConfig.newBuilder("values")
                .cacheType(CacheType.BOTH)
                .syncLocal(true)
                .localLimit(maximumSize)
                .expire(ttl)
                .build());
  }

  @SuppressWarnings("unchecked") // An array of maps.
  private static CacheBuilderTemplate template(CacheBuilder memory, CacheBuilder redis) {
    return new CacheBuilderTemplate(
        false, Map.of(CacheConsts.DEFAULT_AREA, memory), Map.of(CacheConsts.DEFAULT_AREA, redis));
  }

  @Override
  public Object find(long id) {
    return cache.computeIfAbsent(id, source::load);
  }

  @Override
  public void close() {
    manager.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
  }
}
