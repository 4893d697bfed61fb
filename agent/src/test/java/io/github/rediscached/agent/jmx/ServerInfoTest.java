package io.github.rediscached.agent.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerInfoTest {

  private final FakeRedis redis = new FakeRedis();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
  private final ServerInfo server = new ServerInfo(redis, nanos::get);

  @Test
  void aPageOfAttributesAsksTheServerOnce() {
    redis.info = Map.of("redis_version", "7.0.15", "used_memory", "1000");

    assertEquals("7.0.15", server.text("redis_version"));
    nanos.addAndGet(ServerInfo.KEPT_NANOS - 1);
    assertEquals(1000, server.number("used_memory"));
    assertEquals(1, redis.infos.get());
  }

  @Test
  void theNextPageAsksAgain() {
    redis.info = Map.of("used_memory", "1000");
    assertEquals(1000, server.number("used_memory"));

    redis.info = Map.of("used_memory", "2000");
    nanos.addAndGet(ServerInfo.KEPT_NANOS);

    assertEquals(2000, server.number("used_memory"));
  }

  @Test
  void aServerThatDoesNotAnswerIsWaitedForOnceAPageToo() {
    redis.broken = true;

    assertEquals("", server.text("redis_version"));
    assertEquals(0, server.number("used_memory"));
    assertEquals(1, redis.infos.get());
  }

  @Test
  void hitRateCountsAllLookUps() {
    assertEquals(0.75, ServerInfo.hitRate(Map.of("keyspace_hits", "75", "keyspace_misses", "25")));
    assertEquals(0, ServerInfo.hitRate(Map.of("keyspace_hits", "0", "keyspace_misses", "0")));
    assertEquals(0, ServerInfo.hitRate(Map.of()));
  }
}
