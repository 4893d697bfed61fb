package io.github.rediscached.agent.near;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Patterns of access that real ones are made of; recorded ones are in docs/benchmarks.md. */
class HitRatioTest {

  private static final double TOLERANCE = 0.02;
  private static final int ENTRIES = 1_000;

  @Test
  void aFewKeysAreAskedForMost() {
    assertAsGoodAsCaffeine(zipf(20_000, 300_000, 0.9));
  }

  @Test
  void oneLongScanAfterTheOther() {
    long[] popular = zipf(5_000, 100_000, 1.0);
    LongStream scans =
        IntStream.range(0, popular.length)
            .mapToLong(i -> i % 20 == 0 ? popular[i] : 1_000_000L + i);
    assertAsGoodAsCaffeine(LongStream.concat(LongStream.of(popular), scans).toArray());
  }

  @Test
  void whatIsPopularChanges() {
    long[] first = zipf(10_000, 100_000, 0.9);
    long[] second = LongStream.of(zipf(10_000, 100_000, 0.9)).map(key -> key + 50_000).toArray();
    assertAsGoodAsCaffeine(
        LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray());
  }

  @Test
  void allKeysForwardsAndBackwards() {
    int keys = 3_000;
    assertAsGoodAsCaffeine(
        IntStream.range(0, 40 * keys)
            .mapToLong(i -> i / keys % 2 == 0 ? i % keys : keys - 1 - i % keys)
            .toArray());
  }

  private static void assertAsGoodAsCaffeine(long[] trace) {
    double ours = HitRatio.ofNearCache(trace, ENTRIES);
    double caffeine = HitRatio.ofCaffeine(trace, ENTRIES);
    assertTrue(ours > caffeine - TOLERANCE, ours + " where Caffeine has " + caffeine);
  }

  private static long[] zipf(int keys, int accesses, double exponent) {
    double[] upTo = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += 1 / Math.pow(i + 1, exponent);
      upTo[i] = sum;
    }
    Random random = new Random(1);
    long[] trace = new long[accesses];
    for (int i = 0; i < accesses; i++) {
      int at = Arrays.binarySearch(upTo, random.nextDouble() * sum);
      trace[i] = at < 0 ? -at - 1 : at;
    }
    return trace;
  }
}
