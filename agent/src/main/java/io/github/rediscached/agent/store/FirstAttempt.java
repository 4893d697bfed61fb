package io.github.rediscached.agent.store;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The first attempt to connect. Who asks for something meanwhile waits for its end, at most the
 * connect timeout from the first call that has waited; later calls do not wait. Thread-safe.
 */
final class FirstAttempt {

  private final long timeoutNanos;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicLong firstWaitNanos = new AtomicLong();

  FirstAttempt(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
  }

  boolean isOver() {
    return over.getCount() == 0;
  }

  /** There is a connection, or not. */
  void over() {
    over.countDown();
  }

  /** Waits, also in an interrupted thread, which stays interrupted. */
  void await() {
    long now = System.nanoTime();
    firstWaitNanos.compareAndSet(0, now == 0 ? 1 : now);
    long deadline = firstWaitNanos.get() + timeoutNanos;
    boolean interrupted = false;
    while (true) {
      try {
        if (!over.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          over.countDown();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
