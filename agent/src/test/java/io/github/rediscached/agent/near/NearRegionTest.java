package io.github.rediscached.agent.near;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NearRegionTest {

  private static final int WEIGHT = 100;

  /** Room for some thousand of them, with all that an entry takes beside its value. */
  private static final int MAX_BYTES = 400_000;

  private final TestTime time = new TestTime();
  private final NearCache cache = time.cache(MAX_BYTES);
  private final NearRegion region = cache.newRegion();
  private final int method = region.newMethod();

  @Test
  void whatWasPutIsFoundByEqualArgumentsOfItsMethodOnly() {
    int other = region.newMethod();
    put(NearKey.of(method, 7), "seven");
    put(NearKey.of(method, "a"), "text");
    put(NearKey.of(method, "a", null), "two");
    put(NearKey.of(method, new Object[] {"a", "b", 1L}), "three");
    put(NearKey.of(method, new byte[][] {{1}, {2}}), "bytes");

    assertEquals("seven", find(NearKey.of(method, 7)));
    assertEquals("text", find(NearKey.of(method, "a")));
    assertEquals("two", find(NearKey.of(method, "a", null)));
    assertEquals("three", find(NearKey.of(method, new Object[] {"a", "b", 1L})));
    assertEquals("bytes", find(NearKey.of(method, new byte[][] {{1}, {2}})));
    assertNull(find(NearKey.of(method, 8)));
    assertNull(find(NearKey.of(other, 7)));
    assertNull(find(NearKey.of(method, "b")));
    assertNull(find(NearKey.of(method, null, "a")));
    assertNull(find(NearKey.of(method, new Object[] {"a", "b", 1})));
    assertNull(find(NearKey.of(method, new byte[][] {{1}})));
  }

  @Test
  void aChangeEndsAllThatDependsOnIt() {
    put(NearKey.of(method, 1), "one", "entry1", "cache");
    put(NearKey.of(method, 2), "two", "entry2", "cache");
    put(NearKey.of(method, 3), "three", "entry3", "other");

    cache.changed(bytes("nobody's"));
    cache.changed(bytes("entry1"));

    assertNull(find(NearKey.of(method, 1)));
    assertEquals("two", find(NearKey.of(method, 2)));
    cache.changed(bytes("cache"));
    assertNull(find(NearKey.of(method, 2)));
    assertEquals("three", find(NearKey.of(method, 3)));
    cache.allChanged();
    assertNull(find(NearKey.of(method, 3)));
    assertEquals(0, cache.entries());
    assertEquals(0, cache.bytes());
  }

  @Test
  void anAnswerThatWasOvertakenByAChangeIsNotKept() {
    Dependency[] before = region.hold(keys("entry"));
    cache.changed(bytes("entry"));
    put(NearKey.of(method, 1), "old", before);
    assertNull(find(NearKey.of(method, 1)));

    Dependency[] flushed = region.hold(keys("entry"));
    cache.allChanged();
    put(NearKey.of(method, 1), "old", flushed);
    assertNull(find(NearKey.of(method, 1)));

    put(NearKey.of(method, 1), "new", "entry");
    assertEquals("new", find(NearKey.of(method, 1)));
  }

  @Test
  void aChangeThatEndsOneReadEndsNoLaterOne() {
    Dependency[] first = region.hold(keys("cache"));
    cache.changed(bytes("cache"));
    Dependency[] second = region.hold(keys("cache"));
    put(NearKey.of(method, 1), "new", second);

    region.release(first);

    assertEquals("new", find(NearKey.of(method, 1)));
    cache.changed(bytes("cache"));
    assertNull(find(NearKey.of(method, 1)), "the later one is still watched");
  }

  @Test
  void nothingServesBeyondItsTime() {
    put(NearKey.of(method, 1), "one", 1_000);
    time.move(900);
    assertEquals("one", find(NearKey.of(method, 1)));
    time.move(100);
    assertNull(find(NearKey.of(method, 1)));
    put(NearKey.of(method, 1), "too short", 1);
    assertNull(find(NearKey.of(method, 1)));
  }

  @Test
  void nothingServesWhileRedisIsSilentAndAllDoesAfterwards() {
    put(NearKey.of(method, 1), "one");
    time.silent(true);
    time.move(NearClock.MAX_SILENCE_MILLIS);
    assertEquals("one", find(NearKey.of(method, 1)));
    assertTrue(time.asked() > 0, "a sign of life");

    time.move(1);
    assertNull(find(NearKey.of(method, 1)));

    time.silent(false);
    time.move(1);
    assertEquals("one", find(NearKey.of(method, 1)));
  }

  @Test
  void theWeightIsBoundedAndWhatIsUsedStays() {
    List<NearKey> used = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      NearKey key = NearKey.of(method, i);
      used.add(key);
      put(key, "used", "used" + i);
      find(key);
      find(key);
    }
    for (int i = 1_000; i < 20_000; i++) {
      put(NearKey.of(method, i), "passing", "passing" + i);
      region.find(used.get(i % used.size()));
      assertTrue(cache.bytes() <= MAX_BYTES);
    }
    int left = 0;
    for (NearKey key : used) {
      left += find(key) == null ? 0 : 1;
    }
    assertTrue(left > 450, left + " of 500");
    assertTrue(cache.entries() <= 1_100);
    assertTrue(region.watched() <= 1_100, "what is gone is watched no longer");
  }

  @Test
  void regionsShareTheMemory() {
    NearRegion second = cache.newRegion();
    for (int i = 0; i < 2_000; i++) {
      put(NearKey.of(method, i), "one");
      second.put(NearKey.of(1, i), content("two"), second.hold(keys("x" + i)), 60_000, WEIGHT);
    }
    assertTrue(cache.bytes() <= MAX_BYTES, cache.bytes() + " bytes");
    assertTrue(second.weight() > MAX_BYTES * 0.4);
  }

  @Test
  void whoComesLaterGetsItsPartAtOnce() {
    for (int i = 0; i < 2_000; i++) {
      put(NearKey.of(method, i), "one");
    }
    assertTrue(region.weight() > MAX_BYTES * 0.9);

    cache.newRegion();

    assertTrue(region.weight() <= MAX_BYTES / 2);
  }

  @Test
  void longArgumentsWeighAsMuchAsTheyTake() {
    for (int i = 0; i < 1_000; i++) {
      put(NearKey.of(method, i + "x".repeat(5_000)), "value");
    }
    assertTrue(cache.entries() <= MAX_BYTES / 10_000);
    assertTrue(cache.entries() > 10);
  }

  @Test
  void manyKeysWithOneHashAreFoundAllTheSame() {
    for (int i = 0; i < 500; i++) {
      // The two halves of each have the same bits in common.
      put(NearKey.of(method, ((long) i << 32) | i), i);
    }
    for (int i = 0; i < 500; i++) {
      assertEquals(i, find(NearKey.of(method, ((long) i << 32) | i)));
    }
  }

  @Test
  void whereAskingRedisFailsNothingServes() {
    put(NearKey.of(method, 1), "one");
    time.failing(true);
    time.silent(true);
    time.move(NearClock.MAX_SILENCE_MILLIS + 1);
    assertNull(find(NearKey.of(method, 1)));
  }

  @Test
  void whatIsTooLargeIsNotKept() {
    region.put(NearKey.of(method, 1), content("large"), region.hold(keys("k")), 60_000, 50_000);
    assertNull(find(NearKey.of(method, 1)));
    assertEquals(0, region.watched());
  }

  @Test
  void whatTakesThePlaceOfBytesWeighsWhatItIs() {
    NearKey key = NearKey.of(method, 1);
    NearEntry entry = putBytes(key);
    long before = cache.bytes();

    region.replaceBytes(entry, "made of them", WEIGHT + 500);

    assertSame(entry, region.find(key));
    assertEquals("made of them", entry.source());
    assertEquals(before + 500, cache.bytes());
    region.replaceBytes(entry, "made by another thread", WEIGHT + 700);
    assertEquals("made of them", entry.source());
    assertEquals(before + 500, cache.bytes());
    cache.allChanged();
    region.replaceBytes(entry, "made too late", WEIGHT);
    assertEquals(0, cache.bytes());
  }

  @Test
  void whatTakesThePlaceOfBytesIsNeitherTooLargeNorChanged() {
    NearEntry large = putBytes(NearKey.of(method, 1));
    NearEntry changed = putBytes(NearKey.of(method, 2));
    long before = cache.bytes();

    region.replaceBytes(large, "large", 50_000);
    cache.changed(bytes("entry"));
    region.replaceBytes(changed, "old", WEIGHT);

    assertTrue(large.staysAsBytes());
    assertTrue(changed.source() instanceof byte[]);
    assertFalse(changed.staysAsBytes());
    assertEquals(before, cache.bytes());
  }

  @Test
  void whatTakesThePlaceOfBytesPushesOthersOut() {
    for (int i = 0; i < 20_000; i++) {
      NearKey key = NearKey.of(method, i % 5_000);
      NearEntry entry = region.find(key);
      if (entry == null) {
        entry = putBytes(key);
      }
      region.replaceBytes(entry, "made of them", 10 * WEIGHT);
      assertTrue(cache.bytes() <= MAX_BYTES, cache.bytes() + " bytes");
    }
    long entries = cache.entries();
    assertTrue(entries > 100 && entries <= MAX_BYTES / (10 * WEIGHT), entries + " entries");
  }

  private NearEntry putBytes(NearKey key) {
    NearEntry.Content content = new NearEntry.Content(null, new byte[9], 0, 9, false);
    region.put(key, content, region.hold(keys("entry")), 60_000, WEIGHT);
    return Objects.requireNonNull(region.find(key));
  }

  /** Whoever looks after a change has returned finds nothing of before it. */
  @Test
  void noThreadFindsWhatHasChangedBefore() throws Exception {
    int keys = 8;
    AtomicLongArray source = new AtomicLongArray(keys);
    AtomicLongArray changed = new AtomicLongArray(keys);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        running.add(threads.submit(() -> read(source, changed, endNanos)));
        running.add(threads.submit(() -> change(source, changed, endNanos)));
      }
      int hits = 0;
      for (Future<Integer> each : running) {
        hits += each.get();
      }
      assertTrue(hits > 1_000, hits + " hits");
    } finally {
      threads.shutdownNow();
    }
  }

  private int read(AtomicLongArray source, AtomicLongArray changed, long endNanos) {
    int hits = 0;
    while (System.nanoTime() < endNanos) {
      int id = ThreadLocalRandom.current().nextInt(source.length());
      NearKey key = NearKey.of(method, id);
      long least = changed.get(id);
      Object found = find(key);
      if (found == null) {
        Dependency[] held = region.hold(keys("entry" + id, "cache"));
        put(key, source.get(id), held);
      } else {
        hits++;
        assertTrue((Long) found >= least, found + " where " + least + " was said");
      }
    }
    return hits;
  }

  private int change(AtomicLongArray source, AtomicLongArray changed, long endNanos) {
    while (System.nanoTime() < endNanos) {
      int id = ThreadLocalRandom.current().nextInt(source.length());
      long version = source.incrementAndGet(id);
      switch (ThreadLocalRandom.current().nextInt(20)) {
        case 0 -> cache.allChanged();
        case 1 -> cache.changed(bytes("cache"));
        default -> cache.changed(bytes("entry" + id));
      }
      changed.accumulateAndGet(id, version, Math::max);
    }
    return 0;
  }

  private void put(NearKey key, Object value) {
    put(key, value, "entry");
  }

  private void put(NearKey key, Object value, String... dependencies) {
    put(key, value, region.hold(keys(dependencies)));
  }

  private void put(NearKey key, Object value, Dependency[] held) {
    region.put(key, content(value), held, 60_000, WEIGHT);
  }

  private void put(NearKey key, Object value, long lifeMillis) {
    region.put(key, content(value), region.hold(keys("entry")), lifeMillis, WEIGHT);
  }

  private static NearEntry.Content content(Object value) {
    return new NearEntry.Content(value, null, 0, 0, false);
  }

  private @Nullable Object find(NearKey key) {
    NearEntry entry = region.find(key);
    return entry == null ? null : entry.value();
  }

  private static byte[][] keys(String... names) {
    byte[][] keys = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      keys[i] = bytes(names[i]);
    }
    return keys;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
