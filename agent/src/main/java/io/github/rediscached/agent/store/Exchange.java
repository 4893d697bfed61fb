package io.github.rediscached.agent.store;

import io.github.rediscached.agent.thread.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Commands that go to Redis together on one connection, and their replies. It is over when all have
 * a reply, or at the deadline. Used once: by a thread that waits, or with a future.
 *
 * @param <T> what the replies mean
 */
abstract class Exchange<T> {

  /** What an exchange without a deadline takes. */
  static final long FOREVER = Long.MAX_VALUE;

  @SuppressWarnings("rawtypes") // A class literal has no type arguments.
  private static final AtomicIntegerFieldUpdater<Exchange> OPEN =
      AtomicIntegerFieldUpdater.newUpdater(Exchange.class, "open");

  private final Link link;
  private final List<Request> requests = new ArrayList<>(3);
  private final List<Reply> replies = new ArrayList<>(2);
  private long sentNanos;
  private volatile int open;
  private @Nullable Thread waiter;
  private @Nullable Runnable next;

  Exchange(Link link) {
    this.link = link;
  }

  /** Makes an exchange for the way to its keys. */
  interface Maker<T> {

    Exchange<T> on(Route route);
  }

  /**
   * What the replies mean.
   *
   * @throws RequestFailedException if one that matters has failed
   */
  abstract T result() throws RequestFailedException;

  /** Adds a reply to wait for. */
  final Reply add(Reply reply) {
    requests.add(reply);
    replies.add(reply);
    return reply;
  }

  /** Adds a request that Redis answers before the next one. */
  final void add(Request request) {
    requests.add(request);
  }

  /** When the requests were sent, as {@link System#nanoTime}. */
  final long sentNanos() {
    return sentNanos;
  }

  /** The answer in a reply that matters. */
  final byte[] @Nullable [] answerOf(Reply reply) throws RequestFailedException {
    Throwable failure = reply.failure();
    if (failure == null) {
      return reply.answer();
    }
    if (failure instanceof TimeoutException) {
      link.timedOut();
    }
    throw new RequestFailedException(failure);
  }

  /**
   * Sends, and waits for the replies, also in an interrupted thread, which stays interrupted.
   *
   * @throws RequestFailedException if Redis is silent, refuses, or the connection ends
   */
  final T await(long timeoutNanos) throws RequestFailedException {
    waiter = Thread.currentThread();
    open = replies.size();
    send();
    if (open != 0) {
      park(timeoutNanos);
    }
    return result();
  }

  /**
   * Sends, and returns at once; never throws.
   *
   * @param timeoutNanos {@link #FOREVER} for no deadline
   * @return fails with a {@link RequestFailedException}
   */
  final CompletableFuture<T> later(Timer timer, long timeoutNanos) {
    CompletableFuture<T> future = new CompletableFuture<>();
    next = () -> complete(future);
    open = replies.size();
    try {
      if (timeoutNanos != FOREVER) {
        Future<?> deadline = timer.after(timeoutNanos, this::expire);
        var ignored = future.whenComplete((value, failure) -> deadline.cancel(false));
      }
      send();
    } catch (RuntimeException | Error e) {
      // There is no room for a thread, or for a request.
      replies.forEach(reply -> reply.notSent(e));
    }
    return future;
  }

  private void complete(CompletableFuture<T> future) {
    try {
      future.complete(result());
    } catch (RequestFailedException | RuntimeException | Error e) {
      future.completeExceptionally(e);
    }
  }

  private void send() {
    sentNanos = System.nanoTime();
    if (requests.size() == 1) {
      link.send(requests.get(0));
    } else {
      link.sendTogether(requests);
    }
  }

  /** One reply more is there, or will not come. */
  final void settled() {
    if (OPEN.decrementAndGet(this) > 0) {
      return;
    }
    if (next == null) {
      LockSupport.unpark(waiter);
    } else {
      next.run();
    }
  }

  private void expire() {
    replies.forEach(Reply::expire);
  }

  private void park(long timeoutNanos) {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    boolean interrupted = false;
    long leftNanos = timeoutNanos;
    while (open != 0 && leftNanos > 0) {
      LockSupport.parkNanos(this, leftNanos);
      interrupted |= Thread.interrupted();
      leftNanos = deadlineNanos - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (open != 0) {
      expire();
    }
    while (open != 0) {
      // A reply came at the last moment and is just being put down.
      Thread.onSpinWait();
    }
  }
}
