package io.github.rediscached.benchmarks.faults;

import java.time.Duration;
import java.util.function.IntFunction;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** {@code @Cacheable} on Spring Data Redis with Lettuce; all timeouts are its defaults. */
public final class SpringItems implements IntFunction<String> {

  private final CacheableItems items;

  public SpringItems(String uri, IntFunction<String> source) {
    LettuceConnectionFactory connections =
        new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(uri));
    connections.afterPropertiesSet();
    connections.start();
    items =
        CacheableItems.in(
            RedisCacheManager.builder(connections)
                .cacheDefaults(
                    RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofHours(1)))
                .build(),
            source);
  }

  @Override
  public String apply(int id) {
    return items.find(id);
  }
}
