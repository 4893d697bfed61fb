package io.github.rediscached.benchmarks.near;

import io.github.rediscached.benchmarks.RedissonConnection;
import java.time.Duration;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.CacheProvider;
import org.redisson.api.options.LocalCachedMapOptions.ReconnectionStrategy;

/**
 * Redisson's map with a local cache: <a
 * href="https://redisson.pro/docs/data-and-services/collections/#eviction-local-cache-and-data-partitioning">local
 * cache</a>. Its own store has either no limit or locks, so it gets Caffeine, which it offers, and
 * is told to forget what it may have missed while it was disconnected. All callers get the same
 * object.
 */
final class RedissonCache implements NearCache {

  private final RedissonClient client;
  private final RLocalCachedMap<Long, Object> map;
  private final Source source;

  RedissonCache(String uri, String prefix, int maximumSize, Duration ttl, Source source) {
    this.client = RedissonConnection.open(uri);
    this.source = source;
    this.map =
        client.getLocalCachedMap(
            LocalCachedMapOptions.<Long, Object>name(prefix + "values")
                .cacheProvider(CacheProvider.CAFFEINE)
                .cacheSize(maximumSize)
                .reconnectionStrategy(ReconnectionStrategy.CLEAR)
                .timeToLive(ttl));
  }

  @Override
  public Object find(long id) {
    Object cached = map.get(id);
    if (cached != null) {
      return cached;
    }
    Object loaded = source.load(id);
    map.fastPut(id, loaded);
    return loaded;
  }

  @Override
  public void close() {
    map.delete();
    client.shutdown();
  }
}
