package io.github.rediscached.benchmarks.hit;

/** The ways to cache that are compared. */
public enum Contender {
  /** What the others are measured by. */
  HAND_WRITTEN("by hand: Lettuce sync, Kryo, registered classes") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new HandWritten(uri, prefix, source, KryoPool.registered(), false);
    }
  },
  HAND_WRITTEN_ASYNC("by hand: Lettuce async + get, Kryo, registered classes") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new HandWritten(uri, prefix, source, KryoPool.registered(), true);
    }
  },
  HAND_WRITTEN_NAMES("by hand: Lettuce sync, Kryo, class names and references") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new HandWritten(uri, prefix, source, KryoPool.withNames(), false);
    }
  },
  HAND_WRITTEN_JEDIS("by hand: pooled Jedis, Kryo, registered classes") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new JedisOrders(uri, prefix, source);
    }
  },
  AGENT("rediscached") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new AnnotatedOrders(source);
    }
  },
  AGENT_TAGS("rediscached, 3 tags from the argument") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new TaggedOrders.ByArgument(source);
    }
  },
  AGENT_RESULT_TAGS("rediscached, 3 tags, one of them from the result") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new TaggedOrders.ByResult(source);
    }
  },
  AGENT_PLAIN("rediscached, values as they are") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new AnnotatedOrders(source);
    }

    @Override
    String settings() {
      return UNCOMPRESSED;
    }
  },
  AGENT_COMPRESSED("rediscached, compressed") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new AnnotatedOrders(source);
    }

    @Override
    String settings() {
      return COMPRESSED;
    }
  },
  AGENT_SEALED("rediscached, sealed") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new AnnotatedOrders(source);
    }

    @Override
    String settings() {
      return UNCOMPRESSED + SEALED;
    }
  },
  AGENT_COMPRESSED_SEALED("rediscached, compressed and sealed") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new AnnotatedOrders(source);
    }

    @Override
    String settings() {
      return COMPRESSED + SEALED;
    }
  },
  AGENT_HASHED("rediscached, sealed, with hashed keys") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new AnnotatedOrders(source);
    }

    @Override
    String settings() {
      return UNCOMPRESSED + SEALED + ",keys=hashed";
    }
  },
  AGENT_FUTURE("rediscached, the future of a method + join") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new FutureOrders(source);
    }
  },
  JETCACHE("JetCache, Kryo 5") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new JetCacheOrders(uri, prefix, source);
    }
  },
  REDISSON("Redisson RBucket, Kryo 5 (its default)") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return new RedissonOrders(uri, prefix, source);
    }
  },
  SPRING_JDK("Spring @Cacheable, JDK serialisation (the default)") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return SpringOrders.withJdkSerialization(uri, prefix, source);
    }
  },
  SPRING_JSON("Spring @Cacheable, JSON") {
    @Override
    OrderCache open(String uri, String prefix, OrderSource source) {
      return SpringOrders.withJson(uri, prefix, source);
    }
  };

  private static final String UNCOMPRESSED = ",defaults.compress-over=off";

  /** Also small values, to see what that would cost. */
  private static final String COMPRESSED = ",defaults.compress-over=100";

  private static final String SEALED = ",values.key=yQ0nS8pQmJc3kVb1Zf7uTgW2xLr5dHaE4oIi9KsUqXw=";

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** Whether it is the agent that caches. */
  boolean needsAgent() {
    return name().startsWith("AGENT");
  }

  /** Of the agent, each with a comma before it. */
  String settings() {
    return "";
  }

  String title() {
    return title;
  }

  /**
   * Connects to Redis.
   *
   * @param prefix of all keys
   */
  abstract OrderCache open(String uri, String prefix, OrderSource source);
}
