package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.hunt.Kind;
import java.util.ArrayList;
import java.util.List;
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
    Catch found = hunt(30);
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertIsRich(found);
  }

  /** Of what it has changed itself a JVM must see the latest also here. */
  @Test
  void neitherIsAnyFromMemoryAfterItsTime() {
    System.out.println("hunt.seed=" + SEED);
    Catch found = hunt(25, "--near");
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertIsRich(found);
  }

  /** Slots move, and masters are killed and replaced. */
  @Test
  void neitherIsAnyInACluster() {
    System.out.println("hunt.seed=" + SEED);
    Catch found = hunt(15, "--near", "--cluster");
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    // Where processors are scarce, most calls run into the timeout.
    assertTrue(found.hits() > 100, found::table);
  }

  /** Masters are replaced, and come back. */
  @Test
  void neitherIsAnyBehindSentinels() {
    System.out.println("hunt.seed=" + SEED);
    Catch found = hunt(20, "--near", "--sentinel");
    System.out.println(found.table());
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertTrue(found.hits() > 100, found::table);
  }

  @Test
  void withoutItsGuardsTheAgentIsCaught() {
    Catch found = hunt(15, "--naive");
    assertTrue(found.stale() >= 100, found::table);
    assertTrue(found.stale(Kind.KEY) > 0, found::table);
  }

  @Test
  void whereNothingIsCachedNothingIsStale() {
    Catch found = hunt(5, "--caching=none");
    assertEquals(0, found.stale() + found.failures(), found::table);
    assertEquals(0, found.hits(), found::table);
  }

  @Test
  void aCacheThatMissesTheChangesOfOtherJvmsIsCaught() {
    Catch found = hunt(5, "--caching=forgetful");
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

  private static Catch hunt(int seconds, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--seed=" + SEED);
    arguments.add("--minutes=" + seconds / 60.0);
    return new Hunt(HuntOptions.of(arguments.toArray(new String[0]))).run();
  }
}
