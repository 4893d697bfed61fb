package io.github.rediscached.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, until a deadline. */
public final class Eventually {

  /** Longer than anything takes on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long PAUSE_NANOS = 5_000_000;

  private Eventually() {}

  /** Returns once the condition holds; what it throws counts as "not yet". */
  public static void eventually(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("not within " + PATIENCE + ": " + what, last);
  }
}
