package io.github.rediscached.it;

import static io.github.rediscached.it.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.cluster.SlotHash;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a cluster of three masters, each with a replica. */
class ClusterInvalidationTest extends InvalidationCases {

  /** As docs/redis.md tells other programs. */
  private static final List<Integer> BUCKETS =
      List.of(
          10, 18, 113, 342, 29, 21, 3, 122, 69, 61, 72, 162, 50, 58, 153, 43, 11, 19, 112, 343, 28,
          20, 2, 123, 68, 60, 73, 163, 51, 59, 152, 42, 12, 102, 111, 119, 133, 23, 1, 9, 173, 63,
          70, 78, 52, 142, 49, 41, 13, 103, 110, 118, 132, 22, 0, 8, 172, 62, 71, 79, 53, 143, 48,
          40);

  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = new TestCluster(3, 1);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Override
  Jvm shop() {
    return shop(cluster.uri());
  }

  /** The number of a master that has a slot. */
  private static int masterOf(int slot) {
    for (int i = 0; i < cluster.servers().size(); i++) {
      if (cluster.isMaster(i) && cluster.owns(i, slot)) {
        return i;
      }
    }
    throw new AssertionError("nobody has slot " + slot);
  }

  private long unlinkEverywhere(String... keys) {
    long count = 0;
    for (int bucket : BUCKETS) {
      int slot = SlotHash.getSlot(Integer.toString(bucket));
      for (String key : keys) {
        String there = namespace + ":{" + bucket + "}:" + key;
        count += cluster.servers().get(masterOf(slot)).commands().unlink(there);
      }
    }
    return count;
  }

  @Test
  void otherProgramsEvictInEachBucket() {
    cachedIn("byTag 42", "10");
    cachedIn("byKey 42", "10");

    write("42", "11");
    assertTrue(unlinkEverywhere("~u", "~t:product:42") >= 2);
    assertEquals("11", two.ask("byTag 42"));
    assertEquals("10", two.ask("byKey 42"));
    assertTrue(unlinkEverywhere("~c:products") >= 1);
    assertEquals("11", two.ask("byKey 42"));
  }

  @Test
  void slotsThatMoveCostNoWrongAnswer() {
    for (int id = 100; id < 140; id++) {
      write(Integer.toString(id), "10/ann");
      two.ask("byTag " + id);
    }
    List<String> keys =
        cluster.servers().stream()
            .flatMap(server -> server.commands().keys(namespace + ":*").stream())
            .filter(key -> key.contains(":tagged:"))
            .distinct()
            .toList();
    assertTrue(keys.size() >= 30, keys.toString());
    for (String key : keys.subList(0, 8)) {
      int slot = SlotHash.getSlot(key);
      int from = masterOf(slot);
      int to = cluster.anotherMaster(from);
      String id = key.substring(key.lastIndexOf(':') + 1);
      int[] value = {10};
      cluster.move(
          slot,
          from,
          to,
          () -> {
            one.ask("setByTag " + id + " " + ++value[0]);
            assertEquals(Integer.toString(value[0]), two.ask("byTag " + id));
          });
      one.ask("setByTag " + id + " " + ++value[0]);
      assertEquals(Integer.toString(value[0]), two.ask("byTag " + id));
    }
  }

  @Test
  void whileAMasterIsAwayWhatIsInvalidatedInTheOthersIsCachedThereAgain() {
    try (TestCluster three = new TestCluster(3, 0, "--cluster-require-full-coverage", "no");
        RunningJvm jvm = shop(three.uri()).setting("redis.timeout", "100ms").start()) {
      List<Integer> ids = IntStream.range(100, 130).boxed().toList();
      for (int id : ids) {
        write(Integer.toString(id), "10/ann");
        eventually("cached", () -> isHit(jvm, id));
      }
      three.servers().get(0).freeze();
      jvm.ask("ownerChanged ann");
      for (int id : ids) {
        write(Integer.toString(id), "11/ann");
        assertEquals("11", jvm.ask("byOwner " + id));
      }
      long hits = ids.stream().filter(id -> isHit(jvm, id)).count();
      assertTrue(hits >= 10 && hits < 30, hits + " hits");
      three.servers().get(0).thaw();
      for (int id : ids) {
        eventually("cached again", () -> isHit(jvm, id));
      }
    }
  }

  private boolean isHit(RunningJvm jvm, int id) {
    String before = loads("load-" + id);
    jvm.ask("byOwner " + id);
    return loads("load-" + id).equals(before);
  }

  @Test
  void aReplicaThatIsPromotedBeginsEmptyAndGoesOn() {
    cachedIn("byTag 42", "10");
    cluster.awaitReplicas();
    String entry =
        cluster.servers().stream()
            .flatMap(server -> server.commands().keys(namespace + ":*:tagged:42").stream())
            .findFirst()
            .orElseThrow();
    int slot = SlotHash.getSlot(entry);
    int master = masterOf(slot);
    cluster.servers().get(master).kill();
    one.ask("setByTag 42 11");
    assertEquals("11", two.ask("byTag 42"));
    eventually(
        "the new master is used",
        () -> {
          one.ask("setByTag 42 12");
          two.ask("byTag 42");
          write("42", "13");
          boolean hit = two.ask("byTag 42").equals("12");
          one.ask("setByTag 42 11");
          return hit;
        });
    cluster.servers().get(master).restart();
    cluster.awaitOk();
    assertEquals("11", two.ask("byTag 42"));
  }
}
