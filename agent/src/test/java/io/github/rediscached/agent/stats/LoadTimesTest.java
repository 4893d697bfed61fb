package io.github.rediscached.agent.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LoadTimesTest {

  private final LoadTimes times = new LoadTimes();

  @Test
  void withoutALoadNothingIsKnown() {
    assertEquals(0, times.loads());
    assertEquals(0, times.typicalMicros());
  }

  @Test
  void theTypicalTimeIsTheMiddleOne() {
    times.saw(30_000, 1);
    assertEquals(30_000, times.typicalMicros());
    times.saw(500_000, 2);
    times.saw(10_000, 3);

    assertEquals(3, times.loads());
    assertEquals(30_000, times.typicalMicros());
  }

  @Test
  void ofTwoItIsTheShorterOne() {
    times.saw(500_000, 1);
    times.saw(1_000, 2);

    assertEquals(1_000, times.typicalMicros());
  }

  /** Its entry may be asked for a million times, all others once. */
  @Test
  void aLoadCountsOnceHoweverOftenItsEntryIsRead() {
    for (int load = 1; load <= 20; load++) {
      times.saw(1_000 + load, load);
      for (int hit = 0; hit < 1_000; hit++) {
        times.saw(500_000, 0);
      }
    }

    assertTrue(times.typicalMicros() < 1_020, () -> "typical: " + times.typicalMicros());
  }

  /** Also where the loads are too fast to differ by a microsecond. */
  @Test
  void fewSlowLoadsAmongManyFastOnesAreNotTypical() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int load = 0; load < 100_000; load++) {
      times.saw(load % 20 == 0 ? 10_000 + load : 5, random.nextLong());
    }

    assertEquals(5, times.typicalMicros());
  }

  @Test
  void loadsOfNoTimeAndOfHoursAreLoads() {
    times.saw(0, 1);
    assertEquals(1, times.loads());
    assertEquals(0, times.typicalMicros());
    LoadTimes slow = new LoadTimes();
    slow.saw(0xFFFF_FFFFL, 1);

    assertEquals(0xFFFF_FFFFL, slow.typicalMicros());
  }
}
