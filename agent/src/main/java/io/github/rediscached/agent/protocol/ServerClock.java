package io.github.rediscached.agent.protocol;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of Redis, so that the age of an entry does not depend on whose clock is wrong. It is
 * set by answers of Redis and goes on by this JVM's monotonic clock. An answer says what time it
 * was at some moment between its question and its arrival, so all that is known is the earliest and
 * the latest that it can be: an age is taken from the one to the other, and is never too small.
 * Until the first answer it is this machine's clock. Thread-safe.
 */
public final class ServerClock {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** What the two clocks may go apart, of the time that passes: more than NTP corrects. */
  private static final long DRIFT = 1_000;

  private final LongSupplier nanoTime;
  private volatile Offset offset;

  /**
   * What the monotonic clock lacks, in nanoseconds.
   *
   * @param seenNanos when it was found, by that clock
   * @param guessed whether Redis had no part in it
   */
  private record Offset(long earliest, long latest, long seenNanos, boolean guessed) {

    /** The earlier one still holds where the two agree, and may be the more exact one. */
    Offset narrowedBy(Offset earlier) {
      long drift = (seenNanos - earlier.seenNanos) / DRIFT;
      long narrowEarliest = Math.max(earliest, earlier.earliest - drift);
      long narrowLatest = Math.min(latest, earlier.latest + drift);
      boolean agree = !earlier.guessed && narrowEarliest <= narrowLatest;
      // Else somebody has set the clock of Redis, or it is another Redis.
      return agree ? new Offset(narrowEarliest, narrowLatest, seenNanos, false) : this;
    }
  }

  public ServerClock(LongSupplier nanoTime, long nowMillis) {
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    long guess = nowMillis * NANOS_PER_MILLI - now;
    this.offset = new Offset(guess, guess, now, true);
  }

  /**
   * Redis has just said what time it was when it answered.
   *
   * @param sentNanos when it was asked, or earlier, as {@link System#nanoTime}
   */
  synchronized void saw(long serverMillis, long sentNanos) {
    long now = nanoTime.getAsLong();
    long serverNanos = serverMillis * NANOS_PER_MILLI;
    // It says no more than the millisecond.
    Offset seen =
        new Offset(serverNanos - now, serverNanos + NANOS_PER_MILLI - sentNanos, now, false);
    offset = seen.narrowedBy(offset);
  }

  /** Milliseconds since 1970, maybe less by what an answer takes: for the beginning of an age. */
  public long earliestMillis() {
    return millis(offset.earliest());
  }

  /** Milliseconds since 1970, maybe more by what an answer takes: for the end of an age. */
  public long latestMillis() {
    return millis(offset.latest());
  }

  private long millis(long offsetNanos) {
    return (offsetNanos + nanoTime.getAsLong()) / NANOS_PER_MILLI;
  }
}
