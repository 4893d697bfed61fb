package io.github.rediscached.benchmarks.near;

import java.time.Duration;

/** The ways to cache that are compared. */
public enum Contender {
  /** What the others are measured by. */
  CAFFEINE("by hand: Caffeine") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return CaffeineCache.withoutExpiry(room(keys), source);
    }
  },
  CAFFEINE_TEXT("by hand: Caffeine, keys of text") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return new CaffeineTexts(room(keys), keys, source);
    }
  },
  CAFFEINE_EXPIRY("by hand: Caffeine, expireAfterWrite") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return CaffeineCache.withExpiry(room(keys), TTL, source);
    }
  },
  DECODE("Kryo decode alone: pooled, registered classes") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return new DecodedBytes(keys, source);
    }
  },
  AGENT("rediscached") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return Annotated.of(values, source);
    }
  },
  AGENT_KEY("rediscached, key = #id") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return AnnotatedKeys.number(values, source);
    }
  },
  AGENT_TEXT_KEY("rediscached, key = #id, a text") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return AnnotatedKeys.text(keys, values, source);
    }
  },
  AGENT_PROPERTY_KEY("rediscached, key = #p0.id") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return AnnotatedKeys.property(keys, values, source);
    }
  },
  SPRING("Spring @Cacheable, Caffeine") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return new SpringCache(room(keys), TTL, source);
    }
  },
  JETCACHE("JetCache, CacheType.BOTH: Caffeine and Redis") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return new JetCacheCache(uri, prefix, room(keys), TTL, source);
    }
  },
  REDISSON("Redisson RLocalCachedMap, Caffeine") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return new RedissonCache(uri, prefix, room(keys), TTL, source);
    }
  },
  JEDIS("Jedis client-side caching, Kryo") {
    @Override
    NearCache open(String uri, String prefix, int keys, Values values, Source source) {
      return new JedisCache(uri, prefix, room(keys), TTL, source);
    }
  };

  private static final Duration TTL = Duration.ofHours(1);

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** How many entries are allowed, so that none has to leave. */
  private static int room(int keys) {
    return 2 * keys;
  }

  /** Whether it is the agent that caches. */
  boolean needsAgent() {
    return name().startsWith("AGENT");
  }

  /**
   * False where it would show nothing: a value that all may share need not be decoded, and where a
   * large one is copied the key is a small part of it.
   */
  boolean isFor(Values values) {
    return switch (this) {
      case DECODE -> values == Values.MUTABLE;
      case JEDIS -> values != Values.BEAN;
      case CAFFEINE_TEXT, AGENT_KEY, AGENT_TEXT_KEY, AGENT_PROPERTY_KEY -> values != Values.MUTABLE;
      default -> true;
    };
  }

  String title() {
    return title;
  }

  /**
   * Connects to Redis, if it needs one.
   *
   * @param prefix of all keys in Redis
   * @param keys how many there are, from 0 on
   */
  abstract NearCache open(String uri, String prefix, int keys, Values values, Source source);
}
