package io.github.rediscached.benchmarks.near;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The same as {@link CaffeineCache} where texts are asked for. */
final class CaffeineTexts implements NearCache {

  private final Cache<String, Object> cache;
  private final Keys<String> texts;
  private final Source source;

  CaffeineTexts(int maximumSize, int keys, Source source) {
    this.cache = Caffeine.newBuilder().maximumSize(maximumSize).build();
    this.texts = Keys.texts(keys);
    this.source = source;
  }

  @Override
  public Object find(long id) {
    return cache.get(texts.get(id), text -> source.load(Keys.number(text)));
  }

  @Override
  public void close() {
    cache.invalidateAll();
  }
}
