package io.github.rediscached.benchmarks.near;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.rediscached.benchmarks.BenchmarkRedis;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/**
 * The agent's own part can only be checked in a JVM with the agent, and Jedis's with a newer Redis:
 * NearHit does it.
 */
class ContendersTest {

  private static final int KEYS = 20;

  private static BenchmarkRedis redis;

  @BeforeAll
  static void startRedis() throws IOException {
    redis = BenchmarkRedis.open();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"AGENT", "AGENT_KEY", "AGENT_TEXT_KEY", "AGENT_PROPERTY_KEY", "JEDIS"})
  void aNearHitIsEqualToWhatWasLoadedAndAsksNobody(Contender contender) {
    for (Values values : Values.values()) {
      if (contender.isFor(values)) {
        try (WarmCache cache = WarmCache.of(contender, values, redis.uri(), KEYS)) {
          assertEquals(values.load(1), cache.find(1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CAFFEINE", "CAFFEINE_EXPIRY", "SPRING", "JETCACHE", "REDISSON"})
  void callersShareAMutableValue(Contender contender) {
    try (WarmCache cache = WarmCache.of(contender, Values.MUTABLE, redis.uri(), KEYS)) {
      assertSame(cache.find(1), cache.find(1));
    }
  }

  @Test
  void callersGetADecodedValueOfTheirOwn() {
    try (WarmCache cache = WarmCache.of(Contender.DECODE, Values.MUTABLE, redis.uri(), KEYS)) {
      assertNotSame(cache.find(1), cache.find(1));
    }
  }

  @Test
  void aCommandThatReachesRedisMeanwhileIsNoticed() {
    WarmCache cache = WarmCache.of(Contender.JETCACHE, Values.IMMUTABLE, redis.uri(), KEYS);
    try (Jedis another = new Jedis(URI.create(redis.uri()))) {
      another.get("benchmark-test-nothing");
    }
    assertThrows(IllegalStateException.class, cache::close);
  }
}
