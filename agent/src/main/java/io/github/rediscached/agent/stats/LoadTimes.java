package io.github.rediscached.agent.stats;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long a load of a cache typically takes: the median of a sample of loads. {@link CacheStats}
 * tells it the load of each entry that a hit has read in Redis, and asks it for the time that a hit
 * saves. Thread-safe; it never locks, allocates while calls are counted, or keeps more than {@link
 * #SIZE} times.
 *
 * <p>A mean would not do: the first load of a JVM is cold and may take a thousand times as long as
 * the later ones. A sample of hits would not do either: a cold load whose entry is read a million
 * times would be a million samples. So loads are sampled, not hits, which is the idea of distinct
 * sampling (Gibbons, <em>Distinct Sampling for Highly-Accurate Answers to Distinct Values Queries
 * and Event Reports</em>, VLDB 2001): what decides on a sample is a hash of the thing itself, so
 * repetitions change nothing. Here the token of the entry, which is random, names the one place
 * where its load may stand. A later load takes the place of an earlier one, so the sample follows
 * the method when that becomes faster or slower.
 */
final class LoadTimes {

  /** The median of so many is off by some percent of the ranks, and takes 0.5 KB for a cache. */
  static final int SIZE = 64;

  /** Microseconds and one more; 0 where there is no load. */
  private final AtomicLongArray places = new AtomicLongArray(SIZE);

  /**
   * A load has taken so long.
   *
   * @param token random, and the same each time for the same load
   */
  void saw(long micros, long token) {
    int place = (int) token & (SIZE - 1);
    long time = micros + 1;
    // Mostly it stands there already, and a read is shared by all processors.
    if (places.getOpaque(place) != time) {
      places.setOpaque(place, time);
    }
  }

  /** How many loads there are in the sample. */
  int loads() {
    return known().length;
  }

  /** The median, of an even number the shorter one in the middle; 0 while there is no load. */
  long typicalMicros() {
    long[] known = known();
    return known.length == 0 ? 0 : known[(known.length - 1) / 2] - 1;
  }

  /** In ascending order. */
  private long[] known() {
    long[] known = new long[SIZE];
    int count = 0;
    for (int place = 0; place < SIZE; place++) {
      long time = places.getOpaque(place);
      if (time != 0) {
        known[count++] = time;
      }
    }
    Arrays.sort(known, 0, count);
    return Arrays.copyOf(known, count);
  }
}
