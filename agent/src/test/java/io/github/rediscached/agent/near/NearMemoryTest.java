package io.github.rediscached.agent.near;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What a near cache of the default size takes of the heap, whatever passes through it. */
class NearMemoryTest {

  private static final int RESULTS = 1_000_000;
  private static final long MAX_BYTES = 64L << 20;

  /** An entry as Redis has it: an envelope and a small value. */
  private static final int ENTRY_BYTES = 120;

  /** Namespace and cache, on which all entries depend. */
  private static final int IN_COMMON = 2;

  private static final int MAX_COLLECTIONS = 20;
  private static final long TABLE_BYTES = MAX_BYTES / 8;

  private final NearCache cache = new TestTime().cache(MAX_BYTES);
  private final NearRegion region = cache.newRegion();
  private final int method = region.newMethod();

  @Test
  void aMillionResultsTakeNoMoreThanTheLimitAndLeaveNothing() {
    long before = usedHeap();

    for (int i = 0; i < RESULTS; i++) {
      put(i);
    }

    long full = usedHeap();
    long entries = cache.entries();
    assertTrue(region.weight() <= MAX_BYTES, region.weight() + " bytes");
    assertTrue(region.weight() > 0.99 * MAX_BYTES, region.weight() + " bytes");
    assertEquals(region.size() + IN_COMMON, region.watched());
    assertNewOnesAreFound();

    cache.allChanged();
    assertEquals(0, region.size() + region.watched() + region.weight());
    long empty = usedHeap();
    // One right after the other: what other tests have left goes in its own time.
    long taken = full - empty;
    assertTrue(taken > 0.75 * MAX_BYTES, taken + " bytes: it weighs too much");
    // The hash tables do not shrink. With them it may be 1.2 times the limit.
    assertTrue(taken < 1.2 * MAX_BYTES - TABLE_BYTES, taken + " bytes for " + entries + " entries");
    assertTrue(empty - before < TABLE_BYTES, "what is gone is still in memory");
  }

  private void assertNewOnesAreFound() {
    int found = 0;
    for (int i = RESULTS - 1_000; i < RESULTS; i++) {
      found += region.find(NearKey.of(method, i)) == null ? 0 : 1;
    }
    assertEquals(1_000, found);
  }

  private void put(int id) {
    byte[][] keys = {bytes("shop:products:" + id), bytes("shop:~n"), bytes("shop:~c:products")};
    region.put(
        NearKey.of(method, id),
        new NearEntry.Content(null, new byte[ENTRY_BYTES], 52, ENTRY_BYTES, false),
        region.hold(keys),
        600_000,
        ENTRY_BYTES);
  }

  /** After full collections, until one finds nothing more of what other tests have left. */
  private static long usedHeap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < MAX_COLLECTIONS; i++) {
      System.gc();
      long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      if (now > used - MAX_BYTES / 1_000) {
        return now;
      }
      used = now;
    }
    return used;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
