package io.github.rediscached.agent.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * All who wait, on one connection, for one key to lose one value. A single read with tracking
 * serves them: what happened before it shows in its answer, and of what happens after it Redis
 * tells, later on the same connection. Over once, it is never used again.
 */
final class Watch {

  private final byte[] expected;

  /** None any more means that nobody may enter: it is about to be forgotten. */
  private final AtomicInteger waiters = new AtomicInteger(1);

  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean armed;
  private volatile WaitResult result = WaitResult.CHANGED;

  /** With one waiter, who makes it. */
  Watch(byte[] expected) {
    this.expected = expected;
  }

  boolean isFor(byte[] value) {
    return Arrays.equals(expected, value);
  }

  /** One waiter more, unless it is over or the last one has left. */
  boolean enter() {
    int present = waiters.get();
    while (present > 0 && over.getCount() > 0) {
      if (waiters.compareAndSet(present, present + 1)) {
        return true;
      }
      present = waiters.get();
    }
    return false;
  }

  /** One waiter less; true if it was the last. */
  boolean leave() {
    return waiters.decrementAndGet() == 0;
  }

  int waiters() {
    return waiters.get();
  }

  void readOn(Link link, byte[] key) {
    TrackNext tracking = new TrackNext();
    link.sendTogether(List.of(tracking, new TrackedRead(key, tracking)));
  }

  /** The value may have changed. */
  void changed() {
    over.countDown();
  }

  private void untracked() {
    result = WaitResult.UNTRACKED;
    over.countDown();
  }

  private void failed(Throwable failure) {
    if (failure instanceof RedisCommandExecutionException) {
      untracked();
    } else {
      changed();
    }
  }

  /**
   * @param answerNanos how long Redis may take to answer the read
   * @param timeoutNanos how long to wait at all
   */
  WaitResult await(long answerNanos, long timeoutNanos) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    if (!armed) {
      if (over.await(Math.min(answerNanos, timeoutNanos), TimeUnit.NANOSECONDS)) {
        return result;
      }
      if (!armed && answerNanos < timeoutNanos) {
        return WaitResult.SILENT;
      }
    }
    return over.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
        ? result
        : WaitResult.UNCHANGED;
  }

  private final class TrackedRead extends Request {

    private final TrackNext tracking;

    TrackedRead(byte[] key, TrackNext tracking) {
      super(CommandType.GET, key);
      this.tracking = tracking;
    }

    @Override
    void answered(byte[] @Nullable [] answer) {
      if (!tracking.isGranted()) {
        untracked();
      } else if (Arrays.equals(answer[0], expected)) {
        armed = true;
      } else {
        changed();
      }
    }

    @Override
    void failed(Throwable failure) {
      Watch.this.failed(failure);
    }
  }
}
