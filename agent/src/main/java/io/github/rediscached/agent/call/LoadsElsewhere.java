package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.store.Question;
import io.github.rediscached.agent.store.RedisStore.Read;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this JVM that wait for loads of other JVMs. Of all that wait for one load, the first
 * waits at Redis, and reads the entry when that load has ended; the others get what it has read.
 * None can join any more once the read is sent, so for each of them it is a read that was sent
 * after the call had begun, and shows each invalidation that the call must see. {@link LookupSteps}
 * asks it. Thread-safe. Waiting holds no monitor, so virtual threads may wait.
 */
final class LoadsElsewhere {

  /**
   * How waiting has ended.
   *
   * @param over whether the load has ended, or this is not known; else there is no point in waiting
   *     any longer
   * @param read what was read after that; null if each call is to read by itself
   */
  record End(boolean over, @Nullable Read read) {}

  private static final End UNREAD = new End(true, null);
  private static final End GIVEN_UP = new End(false, null);

  /** The calls that wait, by the token of the load. */
  private final Map<ByteBuffer, Wait> waits = new ConcurrentHashMap<>();

  /**
   * Waits for the load that has a lease.
   *
   * @param ended asks Redis for the end, for so many nanoseconds at most
   * @param keys what is read after it
   * @param read reads it
   */
  Question<End> end(
      Lease lease,
      LongFunction<Question<Boolean>> ended,
      byte[][] keys,
      Question<Read> read,
      long timeoutNanos) {
    return new Question<>() {
      @Override
      public End ask() throws StoreUnavailableException {
        return await(lease.id(), new Wait(keys, ended, read), timeoutNanos);
      }

      @Override
      public CompletableFuture<End> askLater() {
        return ended.apply(timeoutNanos).askLater().thenApply(over -> over ? UNREAD : GIVEN_UP);
      }
    };
  }

  /** How many loads are waited for. */
  int size() {
    return waits.size();
  }

  private End await(ByteBuffer token, Wait own, long timeoutNanos)
      throws StoreUnavailableException {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    End end = null;
    while (end == null) {
      Wait first = waits.putIfAbsent(token, own);
      if (first == null) {
        return lead(token, own, deadlineNanos);
      }
      end =
          Arrays.deepEquals(first.keys, own.keys)
              ? first.follow(deadlineNanos - System.nanoTime())
              : own.isOver(deadlineNanos) ? UNREAD : GIVEN_UP;
    }
    return end;
  }

  /** Waits at Redis, and then reads. Whatever happens, those who follow are told. */
  private End lead(ByteBuffer token, Wait own, long deadlineNanos)
      throws StoreUnavailableException {
    try {
      boolean over = own.isOver(deadlineNanos);
      waits.remove(token, own);
      End end = over ? new End(true, own.read.ask()) : GIVEN_UP;
      if (over || !isOnlyMine(deadlineNanos)) {
        own.end.complete(end);
      }
      return end;
    } catch (StoreUnavailableException e) {
      own.end.completeExceptionally(e);
      throw e;
    } finally {
      waits.remove(token, own);
      own.end.complete(null);
    }
  }

  /** Whether waiting has ended for a reason that is none for other calls. */
  private static boolean isOnlyMine(long deadlineNanos) {
    return Thread.currentThread().isInterrupted() || System.nanoTime() - deadlineNanos >= 0;
  }

  /** The calls that wait for one load. */
  private static final class Wait {

    private final byte[][] keys;
    private final LongFunction<Question<Boolean>> ended;
    private final Question<Read> read;

    /** With null if the first one has given up, and another has to wait at Redis. */
    private final CompletableFuture<@Nullable End> end = new CompletableFuture<>();

    Wait(byte[][] keys, LongFunction<Question<Boolean>> ended, Question<Read> read) {
      this.keys = keys;
      this.ended = ended;
      this.read = read;
    }

    /** Waits at Redis. */
    boolean isOver(long deadlineNanos) throws StoreUnavailableException {
      long leftNanos = deadlineNanos - System.nanoTime();
      return leftNanos > 0 && ended.apply(leftNanos).ask();
    }

    @Nullable End follow(long timeoutNanos) throws StoreUnavailableException {
      try {
        return end.get(timeoutNanos, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return GIVEN_UP;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return GIVEN_UP;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof StoreUnavailableException unavailable) {
          throw unavailable;
        }
        return GIVEN_UP;
      }
    }
  }
}
