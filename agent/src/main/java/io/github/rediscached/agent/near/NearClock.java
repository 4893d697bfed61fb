package io.github.rediscached.agent.near;

import io.github.rediscached.agent.thread.DaemonThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The time that near hits compare with the deadlines of entries. Thread-safe.
 *
 * <p>The idea: reading the system clock takes longer than all the rest of a near hit. So a thread
 * reads it every {@value #TICK_MILLIS} ms and stores the time in a field, and a hit reads that
 * field. The stored time may be late by a tick or two; {@link NearRegion} shortens the life of each
 * entry by as much.
 *
 * <p>The same field stops all hits while Redis is silent. A JVM that is cut off from Redis does not
 * learn of invalidations. So entries serve only if Redis has answered a request that was sent
 * within the last {@value #MAX_SILENCE_MILLIS} ms; otherwise the thread stores {@code
 * Long.MAX_VALUE}, at which every entry has expired. No entry is removed, and all serve again after
 * the next answer. While no call reads the clock, the thread sleeps, and the field holds the same
 * value.
 */
final class NearClock implements Runnable {

  /** Bounds the time in which a JVM that is cut off from Redis can return old results. */
  static final long MAX_SILENCE_MILLIS = 500;

  /** The time between two readings of the system clock. */
  static final long TICK_MILLIS = 10;

  private static final long PROVE_AFTER_MILLIS = MAX_SILENCE_MILLIS / 4;
  private static final int IDLE_TICKS = 100;
  private static final long END_OF_TIME = Long.MAX_VALUE;

  private final NearCache.Source source;
  private final LongSupplier nanoTime;
  private final UnaryOperator<Thread> starter;
  private volatile long nowMillis = END_OF_TIME;
  private volatile boolean used;
  private volatile boolean asleep = true;
  private volatile boolean started;
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param starter starts the thread; a test may not, and call {@link #tick} itself
   */
  NearClock(NearCache.Source source, LongSupplier nanoTime, UnaryOperator<Thread> starter) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.starter = starter;
  }

  /** The time, to be compared with deadlines only. */
  long nowMillis() {
    if (!used) {
      used = true;
    }
    return nowMillis;
  }

  /** Whether entries may serve at present. */
  boolean runs() {
    return nowMillis != END_OF_TIME;
  }

  /** The time, read from the system clock. */
  long exactMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
  }

  /** Wakes the thread after an answer of Redis. */
  void wake() {
    used = true;
    if (!started) {
      start();
    } else if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // It is a hint, and no code relies on it.
  private synchronized void start() {
    if (!started && !stopped) {
      Thread made = DaemonThreads.named("rediscached-near", this);
      made.setPriority(Thread.MAX_PRIORITY);
      thread = starter.apply(made);
      started = true;
    }
  }

  /** For ever: no entry serves any more. */
  synchronized void stop() {
    stopped = true;
    nowMillis = END_OF_TIME;
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    int idleTicks = 0;
    while (!stopped) {
      if (used) {
        used = false;
        idleTicks = 0;
      } else if (++idleTicks > IDLE_TICKS) {
        sleep();
        idleTicks = 0;
      }
      tick();
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
      // While the flag of an interrupt is set, parking returns at once.
      Thread.interrupted();
    }
    nowMillis = END_OF_TIME;
  }

  private void sleep() {
    nowMillis = END_OF_TIME;
    asleep = true;
    while (!used && !stopped) {
      LockSupport.park(this);
      Thread.interrupted();
    }
    asleep = false;
  }

  void tick() {
    try {
      move();
    } catch (Throwable e) {
      // For example no memory is left. Without a clock no entry may serve.
      nowMillis = END_OF_TIME;
    }
  }

  private void move() {
    long now = nanoTime.getAsLong();
    long silentMillis = TimeUnit.NANOSECONDS.toMillis(now - source.provenNanos());
    nowMillis =
        stopped || silentMillis > MAX_SILENCE_MILLIS
            ? END_OF_TIME
            : TimeUnit.NANOSECONDS.toMillis(now);
    if (silentMillis > PROVE_AFTER_MILLIS) {
      source.prove();
    }
  }
}
