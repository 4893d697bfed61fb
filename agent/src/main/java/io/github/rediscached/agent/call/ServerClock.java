package io.github.rediscached.agent.call;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of Redis, so that the age of an entry does not depend on whose clock is wrong. It is
 * set by answers of Redis and goes on by this JVM's monotonic clock; late by at most the time an
 * answer takes. Until the first answer it is this machine's clock. Thread-safe.
 */
final class ServerClock {

  private final LongSupplier nanoTime;
  private volatile long offsetMillis;

  ServerClock(LongSupplier nanoTime, long nowMillis) {
    this.nanoTime = nanoTime;
    set(nowMillis);
  }

  /** Redis has just said what time it is. */
  void set(long serverMillis) {
    offsetMillis = serverMillis - monotonicMillis();
  }

  /** Milliseconds since 1970. */
  long millis() {
    return offsetMillis + monotonicMillis();
  }

  private long monotonicMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
  }
}
