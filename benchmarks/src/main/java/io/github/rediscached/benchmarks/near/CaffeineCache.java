package io.github.rediscached.benchmarks.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * Caffeine by hand, as <a href="https://github.com/ben-manes/caffeine/wiki/Population">its
 * guide</a> prefers it: {@code get} with the function that loads. All callers get the same object.
 */
final class CaffeineCache implements NearCache {

  private final Cache<Long, Object> cache;
  private final Source source;

  private CaffeineCache(Cache<Long, Object> cache, Source source) {
    this.cache = cache;
    this.source = source;
  }

  static CaffeineCache withoutExpiry(int maximumSize, Source source) {
    return new CaffeineCache(Caffeine.newBuilder().maximumSize(maximumSize).build(), source);
  }

  static CaffeineCache withExpiry(int maximumSize, Duration ttl, Source source) {
    return new CaffeineCache(
        Caffeine.newBuilder().maximumSize(maximumSize).expireAfterWrite(ttl).build(), source);
  }

  @Override
  public Object find(long id) {
    return cache.get(id, source::load);
  }

  @Override
  public void close() {
    cache.invalidateAll();
  }
}
