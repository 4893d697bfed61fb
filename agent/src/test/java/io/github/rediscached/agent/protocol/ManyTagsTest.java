package io.github.rediscached.agent.protocol;

import static io.github.rediscached.agent.store.OwnRedis.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.key.ProtocolKeys;
import io.github.rediscached.agent.store.OwnRedis;
import io.github.rediscached.agent.store.RedisStore;
import io.github.rediscached.agent.store.Script;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries and invalidations of many tags, on a real Redis. */
class ManyTagsTest {

  private static final OwnRedis REDIS = new OwnRedis();
  private static final RedisStore STORE = REDIS.connectedStore();
  private static final ProtocolKeys KEYS = new ProtocolKeys("shop");
  private static final byte[] ENTRY = bytes("shop:products:42");
  private static final byte[] TOKEN = new byte[Lease.TOKEN_BYTES];
  private static final byte[] EPOCH = bytes("12345678");
  private static final byte[] VERSION = bytes("1234567800000001");

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @AfterEach
  void flush() {
    REDIS.commands().flushall();
  }

  /** Also beyond what an entry may have, so that it shows. */
  @Test
  void redisStoresAndReadsInTimeLinearInTheTags() throws Exception {
    List<String> tags = tags(40_000);

    double start = cpuSeconds();
    assertEquals("stored", store(tags));
    double stored = cpuSeconds();
    byte[] @Nullable [] read =
        STORE.run(OwnRedis.call(Scripts.READ, new byte[][] {ENTRY, prefix()}, new byte[0][])).ask();
    double end = cpuSeconds();

    assertEquals(1 + tags.size(), read.length);
    // It is some 0.1 s, and with a text that grows in a loop 17 s.
    assertTrue(stored - start < 3, "STORE took " + (stored - start) + " s");
    assertTrue(end - stored < 3, "READ took " + (end - stored) + " s");
  }

  @Test
  void theVersionsBehindAnEntryAreThoseOfItsTagsInTheirOrder() throws Exception {
    for (int count : new int[] {1, 999, 1_000, 1_001, 2_500}) {
      List<String> tags = tags(count);
      assertEquals("stored", store(tags));

      byte[] @Nullable [] read =
          STORE
              .run(OwnRedis.call(Scripts.READ, new byte[][] {ENTRY, prefix()}, new byte[0][]))
              .ask();

      byte[] entry = read[0];
      assertNotNull(entry);
      Envelope envelope = Envelope.read(entry, ENTRY);
      assertNotNull(envelope);
      assertEquals(tags, envelope.tags());
      int at = envelope.valueEnd(entry.length);
      for (int i = 0; i < count; i++, at += Versions.BYTES) {
        assertArrayEquals(read[1 + i], Arrays.copyOfRange(entry, at, at + Versions.BYTES));
      }
    }
  }

  /** A reader that does not know the entry yet has the script parse it. */
  @Test
  void anEntryThatLiesAboutItsTagsIsReadWithoutThem() throws Exception {
    byte[] entry = entry(tags(3));
    for (int length = 0; length <= entry.length; length++) {
      assertIsRead(Arrays.copyOf(entry, length));
    }
    byte[] huge = entry.clone();
    ByteBuffer.wrap(huge).putInt(52, -1);
    assertIsRead(huge);
    byte[] old = entry.clone();
    old[2] = 3;
    assertEquals(1, assertIsRead(old), "another format has other places");
  }

  private static int assertIsRead(byte[] entry) throws StoreUnavailableException {
    set(ENTRY, entry);
    byte[] @Nullable [] read =
        STORE.run(OwnRedis.call(Scripts.READ, new byte[][] {ENTRY, prefix()}, new byte[0][])).ask();
    assertArrayEquals(entry, read[0]);
    return read.length;
  }

  @Test
  void anInvalidationOfManyTagsIsUnlinkedInBatchesEachWithTheVersionOfAllTags() {
    Invalidation many = new Invalidation(KEYS);
    tags(2_500).forEach(many::tag);

    List<byte[][]> batches = many.batches();

    assertEquals(List.of(1_001, 1_001, 501), batches.stream().map(batch -> batch.length).toList());
    for (byte[][] batch : batches) {
      assertTrue(Arrays.asList(batch).contains(KEYS.tagsVersion()));
    }
  }

  /** Longer text stands as a digest, so a tag's length always has room in the entry. */
  @Test
  void aTagOfAnyLengthIsAShortOneInRedis() {
    String tag = ProtocolKeys.tag("x".repeat(70_000));

    assertTrue(tag.getBytes(UTF_8).length < 100, tag);
    assertEquals(tag, ProtocolKeys.tag("x".repeat(70_000)));
  }

  private static @Nullable String store(List<String> tags) throws StoreUnavailableException {
    byte[] lease = ProtocolKeys.lease(ENTRY);
    List<byte[]> keys = new ArrayList<>();
    keys.addAll(List.of(ENTRY, lease, KEYS.counter(), KEYS.tagsVersion(), KEYS.patternVersion()));
    keys.addAll(List.of(KEYS.tagVersions(tags)));
    keys.add(STORE.announcementMark());
    set(lease, TOKEN);
    set(KEYS.counter(), bytes("123456781"));
    set(KEYS.tagsVersion(), VERSION);
    set(KEYS.patternVersion(), VERSION);
    byte[][] arguments = {
      TOKEN,
      entry(tags),
      bytes("60000"),
      bytes("12345678000000011234567800000001"),
      bytes("123456781"),
      bytes("86400000"),
      EPOCH
    };
    return OwnRedis.texts(
            STORE.run(OwnRedis.call(Scripts.STORE, keys.toArray(new byte[0][]), arguments)).ask())
        .get(0);
  }

  private static void set(byte[] key, byte[] value) throws StoreUnavailableException {
    Script set = new Script("return redis.call('SET', KEYS[1], ARGV[1])");
    STORE.run(OwnRedis.call(set, new byte[][] {key}, new byte[][] {value})).ask();
  }

  private static byte[] entry(List<String> tags) {
    Envelope envelope = new Envelope(false, 1, 2, 3, 4, 5, 6, 0, tags);
    byte[] entry = new byte[envelope.bytes() + 10];
    envelope.writeTo(entry, ENTRY);
    return entry;
  }

  private static byte[] prefix() {
    return KEYS.tagPrefix();
  }

  private static List<String> tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "product:" + i).toList();
  }

  /** What Redis has taken of processors, whatever else runs on this machine. */
  private static double cpuSeconds() {
    double seconds = 0;
    for (String line : REDIS.commands().info("cpu").lines().toList()) {
      if (line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:")) {
        seconds += Double.parseDouble(line.substring(line.indexOf(':') + 1));
      }
    }
    return seconds;
  }
}
