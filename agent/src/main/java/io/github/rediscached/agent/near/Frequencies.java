package io.github.rediscached.agent.near;

import java.util.Arrays;

/**
 * Remembers about how often each key was asked for lately, also of keys that are not here any more:
 * a count-min sketch of 4-bit counters that are halved from time to time (Einziger, Friedman,
 * Manes: TinyLFU, A Highly Efficient Cache Admission Policy, ACM Transactions on Storage, 2017). It
 * grows with the number of entries, 8 bytes for each. Not thread-safe.
 */
final class Frequencies {

  private static final int SMALLEST = 1 << 8;
  private static final int LARGEST = 1 << 22;
  private static final int DEPTH = 4;
  private static final int MAX_COUNT = 15;

  /** So many counts for each entry until all are halved. */
  private static final int SAMPLE = 10;

  private static final long ALL_BUT_HIGHEST_BITS = 0x7777_7777_7777_7777L;

  /** 16 counters each. */
  private long[] table = new long[SMALLEST];

  private int counted;

  /**
   * @param entries how many keys are here
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

  /** A place has one bit more now; whatever that is, the count is there. */
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

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), of another number for each row. */
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
