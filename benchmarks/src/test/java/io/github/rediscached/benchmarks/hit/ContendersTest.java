package io.github.rediscached.benchmarks.hit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.benchmarks.BenchmarkRedis;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent's own part can only be checked in a JVM with the agent, where RedisHit does it. */
class ContendersTest {

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
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "AGENT.*")
  void aHitIsEqualToWhatWasLoadedAndLoadsNothing(Contender contender) {
    for (Size size : Size.values()) {
      String prefix = "benchmark-test-" + UUID.randomUUID() + ":";
      try (FilledCache cache = FilledCache.of(contender, redis.uri(), prefix, size, 2)) {
        assertEquals(new OrderSource(size).load(1), cache.find(1));
      }
    }
  }

  @Test
  void valuesAreAsLargeAsTheirSizesSay() {
    assertTrue(isAbout(500, Size.SMALL), "SMALL");
    assertTrue(isAbout(10_000, Size.LARGE), "LARGE");
    assertTrue(isAbout(20_000, Size.HUGE), "HUGE");
  }

  private static boolean isAbout(int bytes, Size size) {
    int written = KryoPool.registered().write(new OrderSource(size).load(42)).length;
    return written > bytes * 0.85 && written < bytes * 1.15;
  }
}
