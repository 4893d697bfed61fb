package io.github.rediscached.agent.near;

import java.util.Arrays;

/**
 * Estimates how often each key was asked for lately, also keys that are not in the cache. {@link
 * NearRegion} compares two entries by it, under its lock. Not thread-safe.
 *
 * <p>The idea is that of a count-min sketch (Cormode, Muthukrishnan: An Improved Data Stream
 * Summary, 2005). Four hash functions choose four counters for a key, and counting adds to all of
 * them. Other keys may share a counter, which makes it too large but never too small, so the
 * smallest of the four is the best estimate. A counter has 4 bits, and sixteen of them are one
 * {@code long}. After ten counts for each entry all counters are halved, so that old counts fade
 * (Einziger, Friedman, Manes: TinyLFU, A Highly Efficient Cache Admission Policy, ACM Transactions
 * on Storage, 2017). The table grows with the number of entries and takes 8 bytes for each.
 */
final class Frequencies {

  private static final int SMALLEST = 1 << 8;
  private static final int LARGEST = 1 << 22;
  private static final int DEPTH = 4;
  private static final int MAX_COUNT = 15;

  /** The counts for each entry until all counters are halved. */
  private static final int SAMPLE = 10;

  private static final long ALL_BUT_HIGHEST_BITS = 0x7777_7777_7777_7777L;

  /** Each element holds 16 counters. */
  private long[] table = new long[SMALLEST];

  private int counted;

  /**
   * @param entries the number of keys in the cache
   */
  void count(int hash, int times, int entries) {
    if (entries > table.length && table.length < LARGEST) {
      grow();
    }
    for (int i = 0; i < DEPTH; i++) {
      long place = placeOf(hash, i);
      int at = indexOf(place);
      int shift = shiftOf(place);
      long sum = Math.min(MAX_COUNT, ((table[at] >>> shift) & MAX_COUNT) + times);
      table[at] = (table[at] & ~((long) MAX_COUNT << shift)) | (sum << shift);
    }
    counted += times;
    if (counted >= SAMPLE * table.length) {
      halve();
    }
  }

  int of(int hash) {
    int least = MAX_COUNT;
    for (int i = 0; i < DEPTH; i++) {
      long place = placeOf(hash, i);
      least = Math.min(least, (int) (table[indexOf(place)] >>> shiftOf(place)) & MAX_COUNT);
    }
    return least;
  }

  /** Doubles the table by a copy, so that a key finds its count in both halves. */
  private void grow() {
    long[] twice = Arrays.copyOf(table, 2 * table.length);
    System.arraycopy(table, 0, twice, table.length, table.length);
    table = twice;
  }

  private void halve() {
    for (int i = 0; i < table.length; i++) {
      table[i] = (table[i] >>> 1) & ALL_BUT_HIGHEST_BITS;
    }
    counted /= 2;
  }

  /** The hash function of a row: the finalizer of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long placeOf(int hash, int row) {
    long mixed = hash + (row + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private int indexOf(long place) {
    return (int) (place >>> 8) & (table.length - 1);
  }

  private static int shiftOf(long place) {
    return (int) (place & 15) << 2;
  }
}
