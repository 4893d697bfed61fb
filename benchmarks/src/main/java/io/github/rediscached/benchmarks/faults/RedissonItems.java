package io.github.rediscached.benchmarks.faults;

import io.github.rediscached.benchmarks.RedissonConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.redisson.api.RMapCache;

/**
 * Redisson's <a href="https://redisson.pro/docs/data-and-services/collections/">map with a TTL for
 * each entry</a>, on which its caches for Spring are built; all timeouts and attempts are its
 * defaults.
 */
public final class RedissonItems implements IntFunction<String> {

  private final RMapCache<Integer, String> cache;
  private final IntFunction<String> source;

  public RedissonItems(String uri, IntFunction<String> source) {
    this.cache = RedissonConnection.open(uri).getMapCache("items");
    this.source = source;
  }

  @Override
  public String apply(int id) {
    String cached = cache.get(id);
    if (cached != null) {
      return cached;
    }
    String loaded = source.apply(id);
    cache.fastPut(id, loaded, 1, TimeUnit.HOURS);
    return loaded;
  }
}
