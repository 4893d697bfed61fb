package io.github.rediscached.sample;

import java.time.Duration;

/** A moment until which something is tried again. */
final class Deadline {

  private static final long PAUSE_MILLIS = 50;

  private final long startNanos = System.nanoTime();
  private final Duration patience;

  Deadline(Duration patience) {
    this.patience = patience;
  }

  boolean passed() {
    return elapsed().compareTo(patience) > 0;
  }

  /** Since this object was made. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Waits a little before the next try. */
  void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new Failure("Interrupted", e);
    }
  }
}
