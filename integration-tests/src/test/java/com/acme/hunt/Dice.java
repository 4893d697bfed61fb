package com.acme.hunt;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What one thread decides by chance: the same for the same seed. */
final class Dice {

  /** Of a thread that is not the hunt's: each has others, or all of them would do the same. */
  private static final ThreadLocal<Dice> OF_THREAD =
      ThreadLocal.withInitial(() -> new Dice(Thread.currentThread().getId()));

  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  /** Makes it that of this thread. */
  Dice take() {
    OF_THREAD.set(this);
    return this;
  }

  static Dice ofThread() {
    return OF_THREAD.get();
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  boolean once(int times) {
    return random.nextInt(times) == 0;
  }

  void pause(int maxMillis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1) * random.nextInt(maxMillis + 1));
  }
}
