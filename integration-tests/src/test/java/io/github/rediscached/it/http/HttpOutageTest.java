package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages while the cache is switched off, or Redis is away. */
class HttpOutageTest {

  private static final String RULES =
      """
      http:
        - { path: "/page/**", ttl: 10m }
        - { path: "/validated/**", ttl: 10m }
      """;

  private static final int REQUESTS = 50;

  /** Each waits for a deadline of Redis; a half of what they would take so is too much. */
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private static final Map<String, String> TIMEOUTS =
      Map.of("redis.timeout", TIMEOUT.toMillis() + "ms", "redis.connect-timeout", "2s");

  @Test
  void nothingIsCachedWhereItIsSwitchedOff() {
    try (WebJvm jvm = WebJvm.start(TestRedis.shared(), RULES, Map.of("enabled", "false"))) {
      jvm.get("/page/off");
      Reply second = jvm.get("/page/off");

      assertTrue(second.text().startsWith("run 2 of /page/off"), second::toString);
      assertEquals(204, jvm.post("/page/off").status());
      assertEquals("", second.header("age"));
    }
  }

  @Test
  void pagesAreMadeWithoutDelayWhileRedisIsNotThereOrFrozenAndAreStoredAfterThat() {
    try (TestRedis redis = TestRedis.start()) {
      redis.kill();
      try (WebJvm jvm = WebJvm.start(redis, RULES, TIMEOUTS)) {
        assertMadeWithoutDelay(jvm, "/page/never");
        redis.restart();
        Eventually.eventually("a hit", () -> jvm.get("/page/at-last").isHit());

        redis.freeze();
        assertMadeWithoutDelay(jvm, "/page/frozen");
        redis.thaw();
        Eventually.eventually("a hit after the frost", () -> jvm.get("/page/thawed").isHit());

        redis.kill();
        assertMadeWithoutDelay(jvm, "/page/away");
        assertEquals(204, jvm.post("/page/away").status());
      }
    }
  }

  private static void assertMadeWithoutDelay(WebJvm jvm, String path) {
    // The first one may find out.
    jvm.get(path);
    long start = System.nanoTime();
    for (int i = 2; i < 2 + REQUESTS; i++) {
      Reply reply = jvm.get(path);
      assertTrue(reply.text().startsWith("run " + i + " of " + path), reply::toString);
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    Duration tooMuch = TIMEOUT.multipliedBy(REQUESTS / 2);
    assertTrue(taken.compareTo(tooMuch) < 0, () -> REQUESTS + " requests took " + taken);
  }
}
