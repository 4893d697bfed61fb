package io.github.rediscached.agent.near;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A clock that stands until it is moved, and a Redis that answers until it is silenced. */
final class TestTime implements NearCache.Source, LongSupplier {

  private final NearClock clock = new NearClock(this, this, thread -> thread);
  private long nanos = TimeUnit.DAYS.toNanos(1);
  private long provenNanos = nanos;
  private boolean silent;
  private boolean failing;
  private int asked;

  NearCache cache(long maxBytes) {
    NearCache cache = new NearCache(maxBytes, clock);
    move(0);
    return cache;
  }

  /** Time passes, and the clock's thread has noticed. */
  void move(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    if (!silent) {
      provenNanos = nanos;
    }
    clock.tick();
  }

  /** Asking Redis throws. */
  void failing(boolean on) {
    failing = on;
  }

  void silent(boolean on) {
    silent = on;
  }

  int asked() {
    return asked;
  }

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public long provenNanos() {
    return provenNanos;
  }

  @Override
  public void prove() {
    asked++;
    if (failing) {
      throw new OutOfMemoryError("expected");
    }
  }
}
