package io.github.rediscached.benchmarks.faults;

import com.alicp.jetcache.Cache;
import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.Fastjson2KeyConvertor;
import com.alicp.jetcache.support.Kryo5ValueDecoder;
import com.alicp.jetcache.support.Kryo5ValueEncoder;
import io.lettuce.core.RedisClient;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** JetCache's remote cache on Lettuce, called by its API; all timeouts are its defaults. */
public final class JetCacheItems implements IntFunction<String> {

  private final Cache<Integer, String> cache;
  private final IntFunction<String> source;

  public JetCacheItems(String uri, IntFunction<String> source) {
    this.cache =
        RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
            .redisClient(RedisClient.create(uri))
            .keyPrefix("items:")
            .keyConvertor(Fastjson2KeyConvertor.INSTANCE)
            .valueEncoder(Kryo5ValueEncoder.INSTANCE)
            .valueDecoder(Kryo5ValueDecoder.INSTANCE)
            .expireAfterWrite(1, TimeUnit.HOURS)
            .buildCache();
    this.source = source;
  }

  @Override
  public String apply(int id) {
    return cache.computeIfAbsent(id, source::apply);
  }
}
