package io.github.rediscached.it.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, until a deadline. */
final class Deadline {

  /** Longer than anything takes on a busy machine. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long PAUSE_NANOS = 5_000_000;

  private Deadline() {}

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
