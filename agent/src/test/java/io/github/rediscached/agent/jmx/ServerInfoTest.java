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
    redis.info = Map.of("maxmemory_policy", "allkeys-lru", "used_memory", "1000");

    assertEquals("allkeys-lru", server.text("maxmemory_policy"));
    nanos.addAndGet(ServerInfo.KEPT_NANOS - 1);
    assertEquals(1000, server.number("used_memory"));
    assertEquals(1, redis.infos.get());
  }

  @Test
  void theVersionIsThatOfTheServerNotOfTheRedisThatItIsCompatibleWith() {
    assertEquals("7.0.15", version(Map.of("redis_version", "7.0.15")));
    assertEquals(
        "valkey 8.0.1",
        version(
            Map.of("redis_version", "7.2.4", "server_name", "valkey", "valkey_version", "8.0.1")));
    assertEquals(
        "valkey 7.2.5", version(Map.of("redis_version", "7.2.4", "valkey_version", "7.2.5")));
    assertEquals("8.2.0", version(Map.of("redis_version", "8.2.0", "server_name", "redis")));
    assertEquals("7.2.4", version(Map.of("redis_version", "7.2.4", "server_name", "other")));
    assertEquals("", version(Map.of()));
  }

  private static String version(Map<String, String> info) {
    FakeRedis redis = new FakeRedis();
    redis.info = info;
    return new ServerInfo(redis, System::nanoTime).version();
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

    assertEquals("", server.text("maxmemory_policy"));
    assertEquals("", server.version());
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
