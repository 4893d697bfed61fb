package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.store.Question;
import io.github.rediscached.agent.thread.Timer;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The loads that run in this JVM under a lease (single flight): a call that finds the lease taken
 * waits here for the load and gets its result. A look-up asks before it waits; a load reports its
 * beginning and its end. A thread never waits for a load that itself waits for this thread, as two
 * cached methods may call each other: such a circle is found by following from each load to its
 * thread, and from the thread to the load that it waits for (a wait-for graph, as in the detection
 * of deadlocks). Loads of other JVMs are unknown here; their ends are read from Redis. Thread-safe.
 * Waiting holds no monitor, so virtual threads may wait.
 */
final class Flights {

  /** Calls wait for further loads through Redis, as they do for the loads of other JVMs. */
  private static final int MAX_FLIGHTS = 10_000;

  /** How often, at most, all flights are looked through for some that are over. */
  private static final long SEARCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Timer timer;
  private final AtomicLong searchedNanos;
  private final Map<ByteBuffer, Flight> byToken = new ConcurrentHashMap<>();

  /** By thread, the load whose method it runs, for methods that return futures. */
  private final Map<Thread, Flight> bodies = new ConcurrentHashMap<>();

  /** Guarded by itself. */
  private final Map<Thread, Flight> waiting = new HashMap<>();

  /**
   * @param timer ends the waits of calls that do not wait with their thread
   */
  Flights(LongSupplier nanoTime, Timer timer) {
    this.nanoTime = nanoTime;
    this.timer = timer;
    this.searchedNanos = new AtomicLong(nanoTime.getAsLong() - SEARCH_NANOS);
  }

  /** One load. */
  static final class Flight {

    private final Lease lease;

    /** Weak, for a load whose end is never told, as after a stack overflow. */
    private final WeakReference<Thread> loader = new WeakReference<>(Thread.currentThread());

    private final CompletableFuture<Landing> landing = new CompletableFuture<>();

    /** The thread of the caller, which may wait for the method's future; only if it returns one. */
    private volatile @Nullable WeakReference<Thread> caller;

    /** The load whose method has made the call that loads; only if that returns a future. */
    private volatile @Nullable Flight inside;

    private Flight(Lease lease) {
      this.lease = lease;
    }
  }

  /**
   * How a load has ended.
   *
   * @param entry what it has stored, or would have; null if it failed or its result can't be stored
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Landing(byte @Nullable [] entry) {}

  /** How waiting has ended. */
  enum End {
    /** There is a landing. */
    LANDED,
    /** The load runs elsewhere, or was invalidated: its result is not for this caller. */
    NOT_HERE,
    /** The load waits for this thread, or is this thread's. */
    CIRCLE,
    /** It takes too long, or the thread was interrupted, which it still is. */
    GIVEN_UP
  }

  /**
   * A call, as far as it matters for circles.
   *
   * @param inside the load whose method has made the call, if that returns a future
   */
  record Caller(Thread thread, @Nullable Flight inside) {}

  /** The end of a wait. */
  record Wait(End end, @Nullable Landing landing) {}

  private static final Wait NOT_HERE = new Wait(End.NOT_HERE, null);
  private static final Wait CIRCLE = new Wait(End.CIRCLE, null);
  private static final Wait GIVEN_UP = new Wait(End.GIVEN_UP, null);

  /** This thread loads under a lease that was granted to it. */
  Flight begin(Lease lease) {
    Flight flight = new Flight(lease);
    if (byToken.size() >= MAX_FLIGHTS) {
      endThoseThatAreOver();
    }
    if (byToken.size() < MAX_FLIGHTS) {
      byToken.put(lease.id(), flight);
    }
    return flight;
  }

  /** Futures that are never completed would fill all places for good. */
  private void endThoseThatAreOver() {
    long now = nanoTime.getAsLong();
    long searched = searchedNanos.get();
    if (now - searched < SEARCH_NANOS || !searchedNanos.compareAndSet(searched, now)) {
      return;
    }
    for (Flight flight : byToken.values()) {
      if (now - flight.lease.overNanos() > 0) {
        end(flight, null);
      }
    }
  }

  /**
   * The same for a method that returns a future, and may have left this thread before its load
   * ends. Call {@link #leave} when it has.
   *
   * @param caller the call that loads
   */
  Flight begin(Lease lease, Caller caller) {
    Flight flight = begin(lease);
    flight.caller = new WeakReference<>(caller.thread());
    flight.inside = caller.inside();
    bodies.put(Thread.currentThread(), flight);
    return flight;
  }

  /** The thread that began the load goes on to other things, while the load goes on elsewhere. */
  void leave(Flight flight) {
    bodies.remove(Thread.currentThread(), flight);
    flight.loader.clear();
  }

  /** The call that this thread makes now. */
  Caller caller() {
    Thread thread = Thread.currentThread();
    return new Caller(thread, bodies.get(thread));
  }

  /**
   * Waits for the load that has this lease, if it runs in this JVM.
   *
   * @param lease as Redis has just said that it is held
   */
  Question<Wait> landing(Lease lease, Caller caller, long timeoutNanos) {
    return new Question<>() {
      @Override
      public Wait ask() {
        return await(lease, caller, timeoutNanos);
      }

      @Override
      public CompletableFuture<Wait> askLater() {
        if (isCircle(lease, caller)) {
          return CompletableFuture.completedFuture(CIRCLE);
        }
        CompletableFuture<Landing> landing = landingOf(lease);
        return landing == null
            ? CompletableFuture.completedFuture(NOT_HERE)
            : within(landing, timeoutNanos);
      }
    };
  }

  private CompletableFuture<Wait> within(CompletableFuture<Landing> landing, long timeoutNanos) {
    // Of its own: all that others hold of this call until the load ends is this future.
    CompletableFuture<Wait> wait = new CompletableFuture<>();
    Future<?> deadline = timer.after(timeoutNanos, () -> wait.complete(GIVEN_UP));
    var ignored =
        landing.whenComplete(
            (landed, failure) -> {
              deadline.cancel(false);
              wait.complete(landed == null ? GIVEN_UP : new Wait(End.LANDED, landed));
            });
    return wait;
  }

  /**
   * The end of the load that has this lease, for calls that do not wait with their thread; null if
   * it does not run in this JVM, or its result is not for this caller.
   *
   * @param lease as Redis has just said that it is held
   */
  @Nullable CompletableFuture<Landing> landingOf(Lease lease) {
    Flight flight = byToken.get(lease.id());
    return flight == null || !flight.lease.isSameLoadAs(lease) ? null : flight.landing;
  }

  /** Whether the load that has this lease is the caller's, or a thread of it waits for it. */
  boolean isCircle(Lease lease, Caller caller) {
    Flight inside = caller.inside();
    Flight flight = byToken.get(lease.id());
    if (flight == null) {
      return false;
    }
    for (Flight around = inside; around != null; around = around.inside) {
      if (around == flight) {
        return true;
      }
    }
    synchronized (waiting) {
      return waitsFor(flight, caller.thread(), inside);
    }
  }

  /**
   * Whether a load waits for this thread, or for a thread that probably waits for this one. The
   * caller of a method that returns a future probably waits for that future. If it does something
   * else instead, the price is one more load.
   *
   * @param inside the load whose method the thread runs, if that returns a future
   */
  private boolean waitsFor(Flight flight, Thread thread, @Nullable Flight inside) {
    for (Flight at = flight; at != null; at = waiting.get(at.loader.get())) {
      Thread loader = at.loader.get();
      if (loader != null && (loader == thread || hasCalled(loader, inside))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasCalled(Thread thread, @Nullable Flight inside) {
    for (Flight around = inside; around != null; around = around.inside) {
      WeakReference<Thread> caller = around.caller;
      if (caller != null && caller.get() == thread) {
        return true;
      }
    }
    return false;
  }

  /** The load has ended. */
  void end(Flight flight, byte @Nullable [] entry) {
    byToken.remove(flight.lease.id(), flight);
    // Else a chain of calls, each begun by the one before, would keep all of them.
    flight.inside = null;
    flight.landing.complete(new Landing(entry));
  }

  /** As {@link #landing}, with the caller's own thread. */
  Wait await(Lease lease, Caller caller, long timeoutNanos) {
    Flight flight = byToken.get(lease.id());
    if (flight == null) {
      return NOT_HERE;
    }
    Thread thread = caller.thread();
    synchronized (waiting) {
      if (waitsFor(flight, thread, caller.inside())) {
        return CIRCLE;
      }
      if (!flight.lease.isSameLoadAs(lease)) {
        return NOT_HERE;
      }
      waiting.put(thread, flight);
    }
    try {
      return new Wait(End.LANDED, flight.landing.get(timeoutNanos, TimeUnit.NANOSECONDS));
    } catch (TimeoutException | ExecutionException e) {
      return GIVEN_UP;
    } catch (InterruptedException e) {
      thread.interrupt();
      return GIVEN_UP;
    } finally {
      synchronized (waiting) {
        waiting.remove(thread);
      }
    }
  }
}
