package io.github.rediscached.agent.protocol;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of Redis, as far as this JVM can know it: all JVMs measure the age of an entry by one
 * clock, whichever of theirs is wrong. {@link Protocol} sets it by the time that scripts return; in
 * between it goes on by this JVM's monotonic clock. The time in an answer was right at some moment
 * between request and reply, so the clock is an interval, as in Cristian's algorithm (Probabilistic
 * clock synchronization, 1989). An age runs from the earliest time to the latest, so it is never
 * too small and no entry serves too long. Until the first answer it is this machine's clock. Of
 * several servers it is the interval that has all of theirs. Thread-safe.
 */
public final class ServerClock {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** The two clocks drift apart by at most one part in so many: more than NTP corrects. */
  private static final long DRIFT = 1_000;

  /** A server that has not told the time for so long is not asked any more. */
  private static final long FORGOTTEN_NANOS = TimeUnit.HOURS.toNanos(1);

  private final LongSupplier nanoTime;

  /** By server. Guarded by this. */
  private final Map<Object, Offset> servers = new HashMap<>();

  private volatile Offset offset;

  /**
   * The difference between the two clocks, in nanoseconds.
   *
   * @param seenNanos when it was found, by that clock
   */
  private record Offset(long earliest, long latest, long seenNanos) {

    /** Both of two servers. */
    Offset with(Offset other) {
      return new Offset(
          Math.min(earliest, other.earliest),
          Math.max(latest, other.latest),
          Math.max(seenNanos, other.seenNanos));
    }

    /** The earlier one still holds where the two agree, and may be the more exact one. */
    Offset narrowedBy(Offset earlier) {
      long drift = (seenNanos - earlier.seenNanos) / DRIFT;
      long narrowEarliest = Math.max(earliest, earlier.earliest - drift);
      long narrowLatest = Math.min(latest, earlier.latest + drift);
      boolean agree = narrowEarliest <= narrowLatest;
      // Else the clock of Redis was set, or it is another Redis.
      return agree ? new Offset(narrowEarliest, narrowLatest, seenNanos) : this;
    }
  }

  public ServerClock(LongSupplier nanoTime, long nowMillis) {
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    long guess = nowMillis * NANOS_PER_MILLI - now;
    this.offset = new Offset(guess, guess, now);
  }

  /**
   * Redis has just said what time it was when it answered.
   *
   * @param server which one
   * @param sentNanos when it was asked, or earlier, as {@link System#nanoTime}
   */
  synchronized void saw(Object server, long serverMillis, long sentNanos) {
    long now = nanoTime.getAsLong();
    long serverNanos = serverMillis * NANOS_PER_MILLI;
    // It says no more than the millisecond.
    Offset seen = new Offset(serverNanos - now, serverNanos + NANOS_PER_MILLI - sentNanos, now);
    Offset before = servers.get(server);
    Offset its = before == null ? seen : seen.narrowedBy(before);
    servers.put(server, its);
    if (servers.size() == 1) {
      offset = its;
    } else {
      servers.values().removeIf(each -> now - each.seenNanos > FORGOTTEN_NANOS);
      offset = servers.values().stream().reduce(its, Offset::with);
    }
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
