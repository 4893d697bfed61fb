package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.bytes;
import static io.github.rediscached.agent.store.OwnRedis.call;
import static io.github.rediscached.agent.store.OwnRedis.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.SetArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwaitChangeTest {

  /** No test waits for its end. */
  private static final byte[] NO_KEY = {};

  private static final long LONG_NANOS = Duration.ofMinutes(10).toNanos();

  private static final OwnRedis REDIS = new OwnRedis();
  private static final RedisStore STORE = REDIS.connectedStore();

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void anEmptyRedis() throws Exception {
    eventually(
        "nothing is tracked",
        () -> {
          // The last read of the test before may still be on its way.
          REDIS.commands().flushall();
          return REDIS.info("tracking_total_keys") == 0;
        });
    REDIS.commands().set("lease", "mine");
    // Its answer comes after the push of the flush, which would wake whoever waits by then.
    STORE.read(new byte[][] {bytes("lease")}, false).ask();
  }

  @AfterEach
  void nothingIsLeft() {
    threads.shutdownNow();
    eventually("nobody waits", () -> STORE.openRoute(NO_KEY).link().watches().size() == 0);
  }

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  private Future<Boolean> waiter(String key) {
    return threads.submit(() -> STORE.awaitChange(bytes(key), bytes("mine"), LONG_NANOS));
  }

  private static void assertChanged(Future<Boolean> waiter) throws Exception {
    assertTrue(waiter.get(OwnRedis.PATIENCE.toSeconds(), TimeUnit.SECONDS));
  }

  private static void assertWaiting(int keys) {
    eventually("Redis tracks " + keys, () -> REDIS.info("tracking_total_keys") == keys);
  }

  @Test
  void whatHasChangedBeforeIsNotWaitedFor() {
    assertTrue(STORE.awaitChange(bytes("lease"), bytes("another"), LONG_NANOS));
    assertTrue(STORE.awaitChange(bytes("missing"), bytes("mine"), LONG_NANOS));
  }

  @Test
  void anotherClientsChangeWakes() throws Exception {
    Future<Boolean> waiter = waiter("lease");
    assertWaiting(1);
    assertFalse(waiter.isDone());
    REDIS.commands().set("lease", "another");
    assertChanged(waiter);
  }

  @Test
  void anOwnChangeWakes() throws Exception {
    Future<Boolean> waiter = waiter("lease");
    assertWaiting(1);
    STORE
        .run(
            call(
                new Script("return redis.call('DEL', KEYS[1])"),
                OwnRedis.all("lease"),
                new byte[0][]))
        .ask();
    assertChanged(waiter);
  }

  @Test
  void aDeletionWakes() throws Exception {
    Future<Boolean> waiter = waiter("lease");
    assertWaiting(1);
    REDIS.commands().unlink("lease");
    assertChanged(waiter);
  }

  @Test
  void anExpiryWakes() throws Exception {
    REDIS.commands().set("lease", "mine", SetArgs.Builder.px(1_500));
    assertChanged(waiter("lease"));
  }

  @Test
  void aFlushWakes() throws Exception {
    Future<Boolean> waiter = waiter("lease");
    assertWaiting(1);
    REDIS.commands().flushall();
    assertChanged(waiter);
  }

  @Test
  void theEndOfTheConnectionWakes() throws Exception {
    Future<Boolean> waiter = waiter("lease");
    assertWaiting(1);
    REDIS.cutConnections();
    assertChanged(waiter);
    eventually("connected again", STORE::connected);
    anotherClientsChangeWakes();
  }

  @Test
  void theTimeoutEndsIt() {
    long begin = System.nanoTime();
    long timeout = Duration.ofMillis(100).toNanos();
    assertFalse(STORE.awaitChange(bytes("lease"), bytes("mine"), timeout));
    assertTrue(System.nanoTime() - begin >= timeout);
    assertFalse(STORE.awaitChange(bytes("lease"), bytes("mine"), 0));
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    AtomicBoolean result = new AtomicBoolean(true);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread waiter =
        new Thread(
            () -> {
              result.set(STORE.awaitChange(bytes("lease"), bytes("mine"), LONG_NANOS));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    waiter.start();
    assertWaiting(1);
    waiter.interrupt();
    waiter.join(OwnRedis.PATIENCE.toMillis());
    assertFalse(waiter.isAlive());
    assertFalse(result.get());
    assertTrue(interrupted.get());

    Thread.currentThread().interrupt();
    assertFalse(STORE.awaitChange(bytes("lease"), bytes("mine"), LONG_NANOS));
    assertTrue(Thread.interrupted());
  }

  @Test
  void aFrozenRedisIsWaitedForNoLongerThanACommandMayTake() throws Exception {
    RedisStore store = OwnRedis.store(REDIS.uri(), Duration.ofMillis(100));
    store.connect();
    eventually("connected", store::connected);
    REDIS.freeze();
    try {
      assertFalse(store.awaitChange(bytes("lease"), bytes("mine"), LONG_NANOS));
    } finally {
      REDIS.thaw();
    }
    assertEquals(1, store.timeouts());
    assertEquals(0, store.openRoute(NO_KEY).link().watches().size());
  }

  @Test
  void oneReadServesAllWhoWaitForAKey() throws Exception {
    long reads = calls("get");
    List<Future<Boolean>> waiters = new ArrayList<>();
    waiters.add(waiter("lease"));
    assertWaiting(1);
    for (int i = 1; i < 64; i++) {
      waiters.add(waiter("lease"));
    }
    eventually(
        "all wait",
        () -> STORE.openRoute(NO_KEY).link().watches().waitersFor(bytes("lease")) == 64);
    assertEquals(reads + 1, calls("get"));
    REDIS.commands().set("lease", "another");
    for (Future<Boolean> waiter : waiters) {
      assertChanged(waiter);
    }
  }

  @Test
  void noWakeUpIsLostWhenWaitersAndChangesMeet() throws Exception {
    // Each waits for what it has just read to change; the last change must wake whoever is late.
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 64; t++) {
      String key = "key" + t % 8;
      all.add(
          threads.submit(
              () -> {
                String last = "";
                while (!last.equals("499")) {
                  byte[] value = STORE.read(OwnRedis.all(key), false).ask().values()[0];
                  last = value == null ? "" : OwnRedis.text(value);
                  if (value != null && !last.equals("499")) {
                    assertTrue(STORE.awaitChange(bytes(key), value, LONG_NANOS), last);
                  }
                }
                return null;
              }));
    }
    for (int i = 0; i < 500; i++) {
      for (int k = 0; k < 8; k++) {
        REDIS.commands().set("key" + k, "" + i);
      }
    }
    for (Future<?> one : all) {
      one.get(OwnRedis.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  @Test
  void onlyTheAwaitedKeysAreTrackedHoweverManyOthersAreRead() throws Exception {
    for (int i = 0; i < 64; i++) {
      REDIS.commands().set("lease" + i, "mine");
    }
    AtomicBoolean ended = new AtomicBoolean();
    List<Future<?>> readers = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Random random = new Random(t);
      readers.add(
          threads.submit(
              () -> {
                while (!ended.get()) {
                  STORE
                      .read(OwnRedis.all("other" + random.nextInt(1_000_000)), false)
                      .ask()
                      .values();
                }
                return null;
              }));
    }
    for (int round = 0; round < 20; round++) {
      List<Future<Boolean>> waiters = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        waiters.add(waiter("lease" + i));
      }
      assertWaiting(64);
      for (int i = 0; i < 64; i++) {
        REDIS.commands().set("lease" + i, "another");
      }
      for (Future<Boolean> waiter : waiters) {
        assertChanged(waiter);
      }
      for (int i = 0; i < 64; i++) {
        REDIS.commands().set("lease" + i, "mine");
      }
      assertWaiting(0);
    }
    ended.set(true);
    for (Future<?> reader : readers) {
      reader.get();
    }
  }

  @Test
  void whereRedisRefusesToTrackItPolls() throws Exception {
    REDIS
        .commands()
        .dispatch(
            CommandType.ACL,
            new StatusOutput<>(StringCodec.UTF8),
            new CommandArgs<>(StringCodec.UTF8)
                .add("SETUSER")
                .add("modest")
                .add("on")
                .add(">secret")
                .add("~*")
                .add("+@all")
                .add("-client|tracking")
                .add("-client|caching"));
    String uri = REDIS.uri().replace("redis://", "redis://modest:secret@");
    assertPolls(REDIS, OwnRedis.store(uri, Duration.ofSeconds(20)));
  }

  @Test
  void whereRedisIsTooOldToTellItPolls() throws Exception {
    try (OwnRedis old = new OwnRedis("--rename-command", "HELLO", "NOTHELLO")) {
      assertPolls(old, OwnRedis.store(old.uri(), Duration.ofSeconds(20)));
    }
  }

  private void assertPolls(OwnRedis redis, RedisStore store) throws Exception {
    store.connect();
    eventually("connected", store::connected);
    redis.commands().set("lease", "mine");
    assertTrue(store.awaitChange(bytes("lease"), bytes("another"), LONG_NANOS));
    assertFalse(store.awaitChange(bytes("lease"), bytes("mine"), 50_000_000));
    Future<Boolean> waiter =
        threads.submit(() -> store.awaitChange(bytes("lease"), bytes("mine"), LONG_NANOS));
    long reads = redis.calls("get");
    eventually("it looks again", () -> redis.calls("get") > reads + 3);
    assertEquals(0, redis.info("tracking_clients") - (redis == REDIS ? 1 : 0));
    redis.commands().set("lease", "another");
    assertChanged(waiter);
    assertEquals(0, store.errors());
  }

  private static long calls(String command) {
    return REDIS.calls(command);
  }
}
