package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.hunt.Kind;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A short hunt for stale answers. The seed of one that found something is in its message; set the
 * system property {@code hunt.seed} to hunt with the same dice again.
 */
class HuntTest {

  private static final long SEED = Long.getLong("hunt.seed", new Random().nextInt(1_000_000));

  @Test
  void noAnswerIsStaleInBadWeather() {
    System.out.println("hunt.seed=" + SEED);
    Catch found = hunt(Duration.ofSeconds(30), "agent");
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertIsRich(found);
  }

  /** Of what it has changed itself a JVM must see the latest also here. */
  @Test
  void neitherIsAnyFromMemoryAfterItsTime() {
    System.out.println("hunt.seed=" + SEED);
    Catch found =
        new Hunt(HuntOptions.seeded(SEED).time(Duration.ofSeconds(25)).withNearCache()).run();
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertIsRich(found);
  }

  /** Slots move, and masters are killed and replaced. */
  @Test
  void neitherIsAnyInACluster() {
    System.out.println("hunt.seed=" + SEED);
    Catch found =
        new Hunt(HuntOptions.seeded(SEED).time(Duration.ofSeconds(15)).withNearCache().onCluster())
            .run();
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    // Where processors are scarce, most calls run into the timeout.
    assertTrue(found.hits() > 100, found::table);
  }

  @Test
  void withoutItsGuardsTheAgentIsCaught() {
    Catch found =
        new Hunt(HuntOptions.seeded(SEED).time(Duration.ofSeconds(15)).withoutGuards()).run();
    assertTrue(found.stale() >= 100, found::table);
    assertTrue(found.stale(Kind.KEY) > 0, found::table);
  }

  @Test
  void whereNothingIsCachedNothingIsStale() {
    Catch found = hunt(Duration.ofSeconds(5), "none");
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertEquals(0, found.hits(), found::table);
  }

  @Test
  void aCacheThatMissesTheChangesOfOtherJvmsIsCaught() {
    Catch found = hunt(Duration.ofSeconds(5), "forgetful");
    for (Kind kind : Kind.values()) {
      assertTrue(found.stale(kind) > 0, found::table);
    }
  }

  /** That nothing was stale says little unless there was much that could have been. */
  private static void assertIsRich(Catch found) {
    assertTrue(found.hits() > found.calls() / 2, found::table);
    for (Kind kind : Kind.values()) {
      assertTrue(found.hits(kind) > found.changes(kind), found::table);
      assertTrue(found.changes(kind) > 0, found::table);
    }
  }

  private static Catch hunt(Duration time, String caching) {
    return new Hunt(HuntOptions.seeded(SEED).time(time).caching(caching)).run();
  }
}
