package io.github.rediscached.agent.call;

import io.github.rediscached.agent.stats.StatsRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a method alone whose keys or results are refused call after call: to find that out can
 * cost far more than the method itself. The pattern is M. Nygard's (Release It!, 2007): after some
 * refusals in a row the circuit is open and calls run uncached; one call in a while is tried, and
 * closes it if all is well. {@link CachedCall} asks it and tells it. It does not concern a Redis
 * that is away: connections have their own way back. Thread-safe; counts that threads overwrite
 * only delay it.
 */
final class CircuitBreaker {

  /** After so many refusals in a row, without a hit or a stored result between them. */
  static final int REFUSALS = 100;

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final AtomicLongFieldUpdater<CircuitBreaker> RETRY =
      AtomicLongFieldUpdater.newUpdater(CircuitBreaker.class, "retryNanos");

  private final String method;
  private final StatsRegistry stats;
  private final Consumer<String> warn;
  private final LongSupplier nanoTime;
  private int refusals;
  private long pauseNanos = SHORTEST_PAUSE_NANOS;
  private volatile boolean open;
  private volatile long retryNanos;

  /**
   * @param method as it is named in the log
   * @param stats shows that the method is left alone
   * @param warn logs a sentence about the method
   */
  CircuitBreaker(String method, StatsRegistry stats, Consumer<String> warn, LongSupplier nanoTime) {
    this.method = method;
    this.stats = stats;
    this.warn = warn;
    this.nanoTime = nanoTime;
  }

  /** Whether a call runs uncached without being looked at. */
  boolean isOpen() {
    if (!open) {
      return false;
    }
    long retry = retryNanos;
    long now = nanoTime.getAsLong();
    return now - retry < 0 || !RETRY.compareAndSet(this, retry, now + pauseNanos);
  }

  /**
   * A key or a result can't be used.
   *
   * @param reason a sentence for people
   */
  void refused(@Nullable String reason) {
    if (open) {
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    } else if (++refusals >= REFUSALS) {
      String why = String.valueOf(reason);
      retryNanos = nanoTime.getAsLong() + pauseNanos;
      open = true;
      stats.suspended(method, why);
      warn.accept(
          REFUSALS
              + " calls in a row could not be cached, so calls run uncached from now on, and one is"
              + " tried now and then, at least once a minute. The last reason: "
              + why);
    }
  }

  /** A result was found in Redis, or goes there. */
  void accepted() {
    if (refusals != 0) {
      close();
    }
  }

  private void close() {
    refusals = 0;
    if (open) {
      pauseNanos = SHORTEST_PAUSE_NANOS;
      open = false;
      stats.resumed(method);
    }
  }
}
