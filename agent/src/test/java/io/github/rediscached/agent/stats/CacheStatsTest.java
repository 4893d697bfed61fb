package io.github.rediscached.agent.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheStatsTest {

  private final CacheStats stats = new CacheStats("products");

  @Test
  void allFiguresAreZeroBeforeTheFirstCall() {
    assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), counts());
    assertEquals(0.0, stats.hitRate());
    assertEquals(0.0, stats.averageLoadMillis());
    assertEquals(0.0, stats.averageHitMicros());
  }

  @Test
  void everyEventHasItsOwnFigure() {
    countEverything();

    assertEquals(List.of(7L, 3L, 3L, 4L, 2L, 1L, 5L, 6L, 7L, 27L, 8L, 9L, 15L), counts());
  }

  @Test
  void hitRateIsHitsPerLookUp() {
    countEverything();

    assertEquals(3.0 / 7, stats.hitRate());
  }

  @Test
  void averagesAreTimePerEventWithFailedLoadsIncluded() {
    countEverything();

    assertEquals((40 + 20 + 6) / 3.0, stats.averageLoadMillis());
    assertEquals((100 + 200 + 300) / 3.0, stats.averageHitMicros());
  }

  @Test
  void timeSavedIsNegativeWhenHitsTakeLongerThanTheMethod() {
    stats.hit(5_000_000, 1_000);

    assertEquals(-4, stats.timeSavedMillis());
  }

  @Test
  void resetSetsEverythingToZero() {
    countEverything();

    stats.reset();

    allFiguresAreZeroBeforeTheFirstCall();
  }

  @Test
  void noEventIsLostWhenManyThreadsCount() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      threads.add(
          new Thread(
              () -> {
                for (int call = 0; call < 50_000; call++) {
                  stats.hit(1_000, 2);
                  stats.miss();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(800_000, stats.requests());
    assertEquals(0.5, stats.hitRate());
    assertEquals(1.0, stats.averageHitMicros());
    assertEquals(400, stats.timeSavedMillis());
  }

  private void countEverything() {
    stats.hit(100_000, 5_000);
    stats.hit(200_000, 5_000);
    stats.hit(300_000, 5_600);
    times(4, stats::miss);
    stats.load(40_000_000);
    stats.load(20_000_000);
    stats.loadFailure(6_000_000);
    times(5, stats::put);
    times(6, stats::error);
    times(7, stats::bypass);
    times(8, stats::tooLarge);
    times(9, stats::uncacheable);
    times(10, stats::unjudged);
  }

  private List<Long> counts() {
    return List.of(
        stats.requests(),
        stats.hits(),
        stats.redisHits(),
        stats.misses(),
        stats.loads(),
        stats.loadFailures(),
        stats.puts(),
        stats.errors(),
        stats.bypasses(),
        stats.notStored(),
        stats.tooLargeValues(),
        stats.uncacheableValues(),
        stats.timeSavedMillis());
  }

  private static void times(int count, Runnable event) {
    for (int i = 0; i < count; i++) {
      event.run();
    }
  }
}
