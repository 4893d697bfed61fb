package io.github.rediscached.agent.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Times are milliseconds; this JVM's monotonic clock begins at 0, that of Redis at a million. */
class ServerClockTest {

  private static final long SERVER = 1_000_000;

  private long nanos;
  private final ServerClock clock = new ServerClock(() -> nanos, 5_000_000);

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Redis answers in the midst of the time that it takes. */
  private void ask(long serverAhead, long tripMillis) {
    long sentNanos = nanos;
    pass(tripMillis / 2);
    long serverMillis = SERVER + serverAhead + TimeUnit.NANOSECONDS.toMillis(nanos);
    pass(tripMillis - tripMillis / 2);
    clock.saw("redis", serverMillis, sentNanos);
  }

  private void assertBetween(long earliest, long latest) {
    long now = TimeUnit.NANOSECONDS.toMillis(nanos);
    assertAbout(earliest, clock.earliestMillis() - SERVER - now);
    assertAbout(latest, clock.latestMillis() - SERVER - now);
  }

  /** Redis says no more than the millisecond. */
  private static void assertAbout(long expected, long actual) {
    assertTrue(Math.abs(actual - expected) <= 1, actual + ", not " + expected);
  }

  @Test
  void beforeRedisHasAnsweredItIsThisMachinesClock() {
    pass(7);

    assertEquals(5_000_007, clock.earliestMillis());
    assertEquals(5_000_007, clock.latestMillis());
  }

  @Test
  void anAnswerThatIsLateMakesNoAgeTooSmall() {
    ask(0, 400);
    assertBetween(-200, 200);
    pass(1_000);

    long bornMillis = clock.earliestMillis();
    ask(0, 400);
    pass(1_000);

    long ageMillis = clock.latestMillis() - bornMillis;
    assertTrue(ageMillis >= 1_400 && ageMillis <= 1_400 + 400 + 4, ageMillis + " ms");
  }

  @Test
  void whatWasKnownMoreExactlyIsNotForgotten() {
    ask(0, 2);
    ask(0, 400);
    assertBetween(-1, 1);

    ask(0, 0);
    assertBetween(0, 0);
  }

  @Test
  void aClockThatWasSetIsFollowedAtOnce() {
    ask(0, 2);
    ask(-3_600_000, 2);
    assertBetween(-3_600_001, -3_599_999);

    ask(3_600_000, 2);
    assertBetween(3_599_999, 3_600_001);
  }

  /** The two do not go at quite the same speed. */
  @Test
  void anOldAnswerCountsForLess() {
    ask(0, 0);
    pass(100_000);
    ask(0, 400);

    assertBetween(-100, 100);
  }
}
