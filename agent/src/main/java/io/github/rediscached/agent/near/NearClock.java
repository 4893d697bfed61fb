package io.github.rediscached.agent.near;

import io.github.rediscached.agent.thread.DaemonThreads;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The time for near hits, which have none to read a clock: a thread keeps it, some milliseconds
 * behind. While Redis has not been heard of for too long, and while nobody asks, it is the end of
 * time, so that no entry serves. Thread-safe.
 */
final class NearClock implements Runnable {

  /**
   * How long after the last word from Redis entries serve. A JVM that is cut off from Redis does
   * not learn of invalidations, so this bounds for how long it can give old answers.
   */
  static final long MAX_SILENCE_MILLIS = 500;

  /** How far behind the time may be if the thread runs as it should. */
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
  private volatile @Nullable Thread thread;

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param starter starts the thread that keeps the time, or leaves it to who calls {@link #tick}
   */
  NearClock(NearCache.Source source, LongSupplier nanoTime, UnaryOperator<Thread> starter) {
    this.source = source;
    this.nanoTime = nanoTime;
    this.starter = starter;
  }

  /** For deadlines only. */
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

  /** The same time, read from the clock. */
  long exactMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
  }

  /** Somebody has just heard from Redis. */
  void wake() {
    used = true;
    if (!started) {
      start();
    } else if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // No more than a hint, and nothing relies on it.
  private synchronized void start() {
    if (!started) {
      Thread made = DaemonThreads.named("rediscached-near", this);
      made.setPriority(Thread.MAX_PRIORITY);
      thread = starter.apply(made);
      started = true;
    }
  }

  @Override
  public void run() {
    int idleTicks = 0;
    while (true) {
      if (used) {
        used = false;
        idleTicks = 0;
      } else if (++idleTicks > IDLE_TICKS) {
        sleep();
        idleTicks = 0;
      }
      tick();
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
      // An interrupted thread would never park again.
      Thread.interrupted();
    }
  }

  private void sleep() {
    nowMillis = END_OF_TIME;
    asleep = true;
    while (!used) {
      LockSupport.park(this);
      Thread.interrupted();
    }
    asleep = false;
  }

  void tick() {
    try {
      move();
    } catch (Throwable e) {
      // As when no memory is left: without a clock nothing serves.
      nowMillis = END_OF_TIME;
    }
  }

  private void move() {
    long now = nanoTime.getAsLong();
    long silentMillis = TimeUnit.NANOSECONDS.toMillis(now - source.provenNanos());
    nowMillis =
        silentMillis > MAX_SILENCE_MILLIS ? END_OF_TIME : TimeUnit.NANOSECONDS.toMillis(now);
    if (silentMillis > PROVE_AFTER_MILLIS) {
      source.prove();
    }
  }
}
