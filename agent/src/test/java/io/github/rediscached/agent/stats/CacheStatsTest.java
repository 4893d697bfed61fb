package io.github.rediscached.agent.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheStatsTest {

  private final CacheStats stats = new CacheStats("products");

  @Test
  void allFiguresAreZeroBeforeTheFirstCall() {
    assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L), counts());
    assertEquals(0.0, stats.hitRate());
    assertEquals(0.0, stats.averageLoadMillis());
    assertEquals(0.0, stats.averageHitMicros());
  }

  @Test
  void everyEventHasItsOwnFigure() {
    countEverything();

    assertEquals(List.of(9L, 5L, 3L, 2L, 4L, 2L, 1L, 5L, 6L, 7L, 27L, 8L, 9L, 14L), counts());
  }

  @Test
  void hitRateIsHitsPerLookUp() {
    countEverything();

    assertEquals(5.0 / 9, stats.hitRate());
  }

  @Test
  void averagesAreTimePerEventWithFailedLoadsIncluded() {
    countEverything();

    assertEquals((40 + 20 + 6) / 3.0, stats.averageLoadMillis());
    assertEquals((100 + 200 + 300) / 3.0, stats.averageHitMicros());
  }

  @Test
  void aWaitForTheLoadOfAnotherCallerIsNoTimeOfAHitInRedis() {
    stats.redisHit(50_000, 1_000, 1);
    stats.coalescedHit();

    assertEquals(50.0, stats.averageHitMicros());
  }

  @Test
  void timeSavedIsTheTypicalLoadTimeOfEachHitLessTheTimeOfTheHits() {
    stats.redisHit(2_000_000, 20_000, 1);
    stats.redisHit(4_000_000, 30_000, 2);
    stats.redisHit(4_000_000, 40_000, 3);
    stats.nearHit();

    assertEquals(4 * 30 - 10, stats.timeSavedMillis());
  }

  @Test
  void oneColdLoadDoesNotCountForEveryHit() {
    for (int hit = 0; hit < 1_000; hit++) {
      stats.redisHit(0, 500_000, 1);
      stats.nearHit();
    }
    assertEquals(500, stats.timeSavedMillis());

    stats.redisHit(0, 1_000, 2);

    assertEquals(2_001, stats.timeSavedMillis());
  }

  @Test
  void aWaitForTheLoadOfAnotherCallerSavesNoTime() {
    stats.redisHit(0, 20_000, 1);
    stats.redisHit(0, 20_000, 2);
    stats.coalescedHit();

    assertEquals(40, stats.timeSavedMillis());
  }

  @Test
  void timeSavedIsZeroWhereHitsTakeLongerThanTheMethod() {
    stats.redisHit(5_000_000, 1_000, 1);

    assertEquals(0, stats.timeSavedMillis());
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
                  stats.redisHit(1_000, 2, call);
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
    stats.redisHit(100_000, 5_000, 1);
    stats.redisHit(200_000, 5_000, 2);
    stats.redisHit(300_000, 5_600, 3);
    times(2, stats::coalescedHit);
    times(4, stats::miss);
    stats.load(40_000_000);
    stats.load(20_000_000);
    stats.loadFailure(6_000_000);
    times(5, stats::put);
    times(6, stats::error);
    times(7, stats::bypass);
    times(8, stats::tooLarge);
    times(9, stats::uncacheable);
    times(10, stats::expressionFailed);
  }

  private List<Long> counts() {
    return List.of(
        stats.requests(),
        stats.hits(),
        stats.redisHits(),
        stats.coalescedHits(),
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
