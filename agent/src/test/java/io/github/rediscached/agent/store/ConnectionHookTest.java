package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.all;
import static io.github.rediscached.agent.store.OwnRedis.eventually;
import static io.github.rediscached.agent.store.OwnRedis.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConnectionHookTest {

  private static final byte[][] NONE = {};
  private static final Script COUNT = new Script("return redis.call('INCR', KEYS[1])");

  private static final OwnRedis REDIS = new OwnRedis();

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  void itIsToldOfEachConnectionBeforeAnythingIsRead() throws Exception {
    RedisStore store = REDIS.store();
    List<String> told = new CopyOnWriteArrayList<>();
    store.scripts(List.of(COUNT));
    store.onConnect(
        connection -> {
          REDIS.commands().set("doomed", "x");
          connection.unlink(all("doomed", "missing"));
          assertNull(REDIS.commands().get("doomed"));
          told.add(
              connection.info().get("run_id")
                  + texts(connection.run(COUNT, all("connections"), NONE)));
        });
    store.connect();
    assertEquals(List.of("1"), texts(store.read(all("connections"), false).ask().values()));
    REDIS.commands().set("connections", "10");
    REDIS.cutConnections();
    eventually(
        "reads again",
        () -> texts(store.read(all("connections"), false).ask().values()).equals(List.of("11")));
    String before = store.info().get("run_id");
    REDIS.kill();
    REDIS.restart();
    eventually(
        "reads again",
        () -> texts(store.read(all("connections"), false).ask().values()).equals(List.of("1")));
    String after = store.info().get("run_id");
    assertEquals(List.of(before + "[1]", before + "[11]", after + "[1]"), told);
    assertNotEquals(before, after);
    assertEquals(2, store.reconnects());
  }

  @Test
  void aConnectionThatItRejectsServesNobodyAndIsTriedAgain() throws Exception {
    RedisStore store = REDIS.store();
    AtomicInteger calls = new AtomicInteger();
    Script failing = new Script("return redis.error_reply('MYERR no')");
    store.onConnect(
        connection -> {
          switch (calls.incrementAndGet()) {
            case 1 -> connection.run(failing, NONE, NONE);
            case 2 -> throw new IllegalStateException("a mistake");
            default -> {}
          }
        });
    store.connect();
    eventually("connected", store::connected);
    assertEquals(3, calls.get());
    assertEquals(2, store.read(all("a", "b"), false).ask().values().length);
    assertEquals(0, store.reconnects());
    eventually("the others are closed", () -> connections() == 1);
  }

  private static long connections() {
    return REDIS.commands().clientList().lines().filter(l -> l.contains("flags=t")).count();
  }

  @Test
  void theScriptsAreLoadedOnEachConnection() throws Exception {
    Script other = new Script("return 'other'");
    RedisStore store = REDIS.store();
    store.scripts(List.of(COUNT, other));
    store.connect();
    eventually("connected", store::connected);
    REDIS.commands().scriptFlush();
    REDIS.cutConnections();
    eventually("connected again", () -> store.reconnects() == 1 && store.connected());
    assertEquals(
        List.of(true, true),
        REDIS
            .commands()
            .scriptExists(
                REDIS.commands().digest("return redis.call('INCR', KEYS[1])"),
                REDIS.commands().digest("return 'other'")));
  }

  @Test
  void aHookThatWaitsForRedisEndsByTheConnectTimeout() {
    RedisStore store = OwnRedis.store(REDIS.uri(), Duration.ofSeconds(20), Duration.ofMillis(500));
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    store.onConnect(
        connection -> {
          if (calls.incrementAndGet() == 1) {
            REDIS.freeze();
            try {
              connection.unlink(all("a", "b"));
            } catch (StoreUnavailableException e) {
              failures.incrementAndGet();
              throw e;
            } finally {
              REDIS.thaw();
            }
          }
        });
    store.connect();
    eventually("connected", store::connected);
    assertEquals(1, failures.get());
    assertTrue(calls.get() >= 2);
  }
}
