package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.all;
import static io.github.rediscached.agent.store.OwnRedis.bytes;
import static io.github.rediscached.agent.store.OwnRedis.call;
import static io.github.rediscached.agent.store.OwnRedis.eventually;
import static io.github.rediscached.agent.store.OwnRedis.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.key.ProtocolKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterTest {

  private static final byte[][] NONE = {};
  private static final Script SET =
      new Script("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('MGET', unpack(KEYS))");

  private static final OwnCluster CLUSTER = new OwnCluster(3, 0);
  private static final Buckets BUCKETS = new Buckets("ns");
  private static final RedisStore STORE = connected(CLUSTER.store());

  private static RedisStore connected(RedisStore store) {
    store.connect();
    eventually("connected to all", () -> isComplete(store));
    return store;
  }

  private static boolean isComplete(RedisStore store) {
    for (int i = 0; i < 500; i++) {
      try {
        store.openRoute(bytes("ns:key:" + i));
      } catch (StoreUnavailableException e) {
        return false;
      }
    }
    return true;
  }

  @BeforeEach
  void anEmptyCluster() {
    for (int i = 0; i < CLUSTER.masters(); i++) {
      CLUSTER.commands(i).flushall();
    }
  }

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  private static void put(String key, String value) throws StoreUnavailableException {
    assertEquals(
        Arrays.asList(value, null),
        texts(STORE.run(call(SET, all(key, "ns:~n"), all(value))).ask()));
  }

  private static void unlink(String... keys) {
    assertEquals(0, STORE.unlink(all(keys), RedisStore.ALL_BUCKETS));
  }

  private static String inRedis(int bucket, String key) {
    return new String(BUCKETS.inRedis(bucket, bytes(key)), StandardCharsets.UTF_8);
  }

  @Test
  void entriesAreSpreadOverAllServersAndReadWithTheirVersions() throws Exception {
    for (int i = 0; i < 300; i++) {
      put("ns:products:" + i, "v" + i);
    }
    for (int i = 0; i < 300; i++) {
      assertEquals(
          Arrays.asList("v" + i, null, null),
          texts(
              STORE
                  .read(all("ns:products:" + i, "ns:~n", "ns:~c:products"), false)
                  .ask()
                  .values()));
    }
    for (int i = 0; i < CLUSTER.masters(); i++) {
      long keys = CLUSTER.commands(i).dbsize();
      assertTrue(keys > 60 && keys < 140, keys + " keys");
    }
  }

  @Test
  void aVersionIsUnlinkedInAllBucketsAndAnEntryInItsOwn() throws Exception {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      int owner = CLUSTER.masterOf(Buckets.slot(bucket));
      CLUSTER.commands(owner).set(inRedis(bucket, "ns:~t:blue"), "1");
      CLUSTER.commands(owner).set(inRedis(bucket, "ns:~u"), "1");
      CLUSTER.commands(owner).set(inRedis(bucket, "ns:~t:red"), "1");
    }
    unlink("ns:~u", "ns:~t:blue");
    assertEquals(Buckets.COUNT, CLUSTER.size());
    put("ns:products:1", "x");
    byte[] entry = bytes("ns:products:1");
    assertEquals(
        0, STORE.unlink(new byte[][] {ProtocolKeys.lease(entry), entry}, RedisStore.ALL_BUCKETS));
    assertEquals(Buckets.COUNT, CLUSTER.size());
    assertEquals(0, STORE.unlink(all("ns:~t:red"), ~Buckets.bit(17)));
    assertEquals(1, CLUSTER.size());
    unlink("ns:~t:red");
    assertEquals(0, CLUSTER.size());
  }

  @Test
  void aPatternFindsItsKeysOnAllServersAndNoOthers() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      put("ns:products:" + i, "x");
      put("ns:orders:" + i, "x");
    }
    RedisStore.Deleted deleted =
        STORE.unlinkMatching(
            bytes("ns:products:*"), System.nanoTime() + OwnRedis.PATIENCE.toNanos());
    assertEquals(new RedisStore.Deleted(1_000, true), deleted);
    assertEquals(1_000, CLUSTER.size());
  }

  @Test
  void aPatternIsNotCompleteWhileASlotMoves() throws Exception {
    int slot = Buckets.slot(5);
    int from = CLUSTER.masterOf(slot);
    int to = (from + 1) % CLUSTER.masters();
    CLUSTER.beginMove(slot, from, to);
    try {
      assertFalse(
          STORE
              .unlinkMatching(
                  bytes("ns:products:*"), System.nanoTime() + OwnRedis.PATIENCE.toNanos())
              .complete());
    } finally {
      CLUSTER.commands(from).clusterSetSlotStable(slot);
      CLUSTER.commands(to).clusterSetSlotStable(slot);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "CLUSTER"})
  void changesAreToldByTheNamesThatTheAgentKnows(RedisAccess.Mode mode) throws Exception {
    Set<String> changed = ConcurrentHashMap.newKeySet();
    AtomicInteger all = new AtomicInteger();
    RedisStore store = CLUSTER.store(Duration.ofSeconds(20), mode);
    store.onChange(
        new RedisStore.ChangeListener() {
          @Override
          public void changed(byte[] key) {
            changed.add(new String(key, StandardCharsets.UTF_8));
          }

          @Override
          public void allChanged() {
            all.incrementAndGet();
          }
        });
    connected(store);
    for (int i = 0; i < 100; i++) {
      put("ns:products:" + i, "x");
      assertTrue(store.read(all("ns:products:" + i, "ns:~n"), true).ask().tracked());
    }
    for (int i = 0; i < 100; i++) {
      put("ns:products:" + i, "y");
    }
    eventually("told of all", () -> changed.size() == 100);
    assertTrue(changed.contains("ns:products:7"), changed.toString());
  }

  @Test
  void aProofIsTheEpochOfTheMap() {
    long before = System.nanoTime();
    eventually(
        "proven",
        () -> {
          STORE.prove();
          return STORE.provenNanos() > before;
        });
  }

  @Test
  void aWaitEndsWithItsLease() throws Exception {
    String lease = "ns:products:9:~l";
    put(lease, "mine");
    assertFalse(STORE.awaitChange(bytes(lease), bytes("mine"), 50_000_000));
    CLUSTER
        .commands(CLUSTER.masterOf(Buckets.slot(BUCKETS.of(bytes(lease)))))
        .del(inRedis(BUCKETS.of(bytes(lease)), lease));
    assertTrue(STORE.awaitChange(bytes(lease), bytes("mine"), OwnRedis.PATIENCE.toNanos()));
  }

  @Test
  void aNewConnectionRunsScriptsForTheKeysThatItServes() throws Exception {
    RedisStore store = CLUSTER.store();
    store.scripts(List.of(SET));
    List<String> keys = IntStream.range(0, 100).mapToObj(i -> "ns:products:" + i + ":~l").toList();
    store.onConnect(
        connection -> {
          List<RedisStore.ScriptCall> its = new ArrayList<>();
          for (String key : keys) {
            if (connection.serves(bytes(key))) {
              its.add(call(SET, all(key), all("set once")));
            }
          }
          connection.runAll(its);
        });
    connected(store);
    for (String key : keys) {
      assertEquals(List.of("set once"), texts(STORE.read(all(key), false).ask().values()));
    }
    long entries = 0;
    for (int i = 0; i < CLUSTER.masters(); i++) {
      entries += CLUSTER.commands(i).dbsize();
    }
    assertEquals(keys.size(), entries);
  }

  @Test
  void aBucketThatMovesIsAdoptedByItsNewServerBeforeAnythingIsReadThere() throws Exception {
    AtomicInteger adopted = new AtomicInteger();
    Script count = new Script("return redis.call('INCR', KEYS[1])");
    RedisStore store = CLUSTER.store();
    store.scripts(List.of(count));
    store.onConnect(
        connection -> {
          connection.run(count, all("ns:~r"), NONE);
          adopted.incrementAndGet();
        });
    connected(store);
    int calls = adopted.get();
    int bucket = BUCKETS.of(bytes("ns:products:3"));
    int slot = Buckets.slot(bucket);
    int from = CLUSTER.masterOf(slot);
    int to = (from + 1) % CLUSTER.masters();
    put("ns:products:3", "before");
    CLUSTER.move(slot, from, to);
    try {
      eventually(
          "served by the other",
          () ->
              texts(store.read(all("ns:products:3", "ns:~r"), false).ask().values())
                  .equals(List.of("before", "2")));
      assertTrue(adopted.get() > calls);
      eventually(
          "others as well",
          () ->
              texts(STORE.read(all("ns:products:3"), false).ask().values())
                  .equals(List.of("before")));
    } finally {
      CLUSTER.move(slot, to, from);
      eventually("all are served", () -> isComplete(store) && isComplete(STORE));
    }
  }

  @Test
  void whileABucketMovesAnInvalidationReachesItsKeysHereAndThere() throws Exception {
    for (boolean companionMoved : new boolean[] {true, false}) {
      int bucket = 11;
      int slot = Buckets.slot(bucket);
      int from = CLUSTER.masterOf(slot);
      int to = (from + 1) % CLUSTER.masters();
      String tags = inRedis(bucket, "ns:~u");
      String tag = inRedis(bucket, "ns:~t:blue");
      CLUSTER.commands(from).set(tags, "1");
      CLUSTER.commands(from).set(tag, "1");
      CLUSTER.beginMove(slot, from, to);
      CLUSTER.moveKeys(slot, from, to, List.of(companionMoved ? tags : tag));
      unlink("ns:~u", "ns:~t:blue");
      assertEquals(0, CLUSTER.keysOf(slot, from).size() + CLUSTER.keysOf(slot, to).size());
      CLUSTER.endMove(slot, from, to);
      // It is sent where the bucket is now, though this JVM has not known.
      unlink("ns:~u", "ns:~t:blue");
      CLUSTER.move(slot, to, from);
      unlink("ns:~u", "ns:~t:blue");
    }
  }

  @Test
  void aClusterThatIsAwayIsFoundWhenItIsThere() {
    OwnCluster cluster = new OwnCluster(1, 0);
    try {
      RedisStore store = cluster.store(Duration.ofMillis(200));
      cluster.server(0).kill();
      store.connect();
      assertFalse(store.connected());
      cluster.server(0).restart();
      eventually("connected", () -> isComplete(store));
    } finally {
      cluster.close();
    }
  }
}
