package io.github.rediscached.agent.store;

import static io.github.rediscached.agent.store.OwnRedis.all;
import static io.github.rediscached.agent.store.OwnRedis.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.lettuce.core.cluster.SlotHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BucketsTest {

  private final Buckets buckets = new Buckets("shop");

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Test
  void eachEqualPartOfTheSlotsHasOneBucket() {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      assertEquals(bucket, Buckets.slot(bucket) / (SlotHash.SLOT_COUNT / Buckets.COUNT));
    }
  }

  /** As docs/redis.md tells other programs. */
  @Test
  void theirTagsAreThoseThatAreDocumented() throws IOException {
    List<String> documented = new ArrayList<>();
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      String key = text(buckets.inRedis(bucket, bytes("shop:x")));
      documented.add(key.substring("shop:{".length(), key.indexOf('}')));
    }
    String docs = Files.readString(Path.of("..", "docs", "redis.md")).replaceAll("\\s+", " ");
    assertTrue(
        docs.contains(
            "`UNLINK shop:{"
                + documented.get(0)
                + "}:~t:product:7 shop:{10}:~u`, and so on for "
                + String.join(", ", documented.subList(1, Buckets.COUNT))
                + "."),
        documented.toString());
  }

  @Test
  void allKeysOfABucketHaveItsSlot() {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      for (String key :
          new String[] {"shop:products:42", "shop:~n", "shop:~t:a{b}c", "shop:{x}:1"}) {
        assertEquals(
            Buckets.slot(bucket), SlotHash.getSlot(buckets.inRedis(bucket, bytes(key))), key);
      }
    }
  }

  @Test
  void anEntryItsLeaseAndItsVariantsShareABucket() {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      byte[] entry = bytes("shop:products:" + i);
      int bucket = buckets.of(entry);
      assertEquals(bucket, buckets.of(ProtocolKeys.lease(entry)));
      byte[] variant = bytes("shop:products:" + i + ":~v1f");
      assertEquals(bucket, buckets.of(variant));
      assertEquals(bucket, buckets.of(ProtocolKeys.lease(variant)));
      seen.add(bucket);
    }
    assertEquals(Buckets.COUNT, seen.size());
  }

  @Test
  void anEntryForNullSharesItsBucketWithItsLease() {
    byte[] entry = bytes("shop:products:~");
    assertEquals(buckets.of(entry), buckets.of(ProtocolKeys.lease(entry)));
    byte[] pair = bytes("shop:products:~:~");
    assertEquals(buckets.of(pair), buckets.of(ProtocolKeys.lease(pair)));
  }

  @Test
  void versionsAreInAllBuckets() {
    ProtocolKeys keys = new ProtocolKeys("shop");
    for (byte[] key :
        new byte[][] {
          keys.namespaceVersion(),
          keys.patternVersion(),
          keys.tagsVersion(),
          keys.counter(),
          keys.process(),
          keys.cacheVersion("products"),
          keys.tagVersion("x"),
          keys.tagPrefix()
        }) {
      assertEquals(Buckets.ALL, buckets.of(key), text(key));
    }
  }

  @Test
  void anInvalidationIsSentOnlyWhereItsKeysAre() {
    byte[] entry = bytes("shop:products:1");
    int home = buckets.of(entry);
    byte[][] keys = {ProtocolKeys.lease(entry), entry, bytes("shop:~c:products")};
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      assertEquals(bucket == home ? 3 : 1, buckets.in(bucket, keys, buckets.of(keys)).length);
    }
  }

  @Test
  void theBucketIsTakenAwayAgain() {
    for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
      for (byte[] key : all("shop:products:42", "shop:~n", "shop:~t:a}:b", "shop:x:~l")) {
        assertArrayEquals(key, buckets.withoutBucket(buckets.inRedis(bucket, key)));
      }
    }
  }

  @Test
  void otherKeysStayAsTheyAre() {
    for (byte[] key : all("other", "shop", "shop:", "shopping:{1}:a", "", "shop:a{1}:b")) {
      assertArrayEquals(key, buckets.withoutBucket(key));
    }
  }

  @Test
  void aPatternMatchesInAllBuckets() {
    assertEquals("shop:{*}:products:*", text(buckets.patternInRedis(bytes("shop:products:*"))));
  }

  @Test
  void aNamespaceThatBeginsLikeAnotherHasItsOwnKeys() {
    assertTrue(text(new Buckets("shop.eu").inRedis(3, bytes("shop.eu:a"))).startsWith("shop.eu:{"));
  }
}
