package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.call.LoadsElsewhere.End;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.Versions;
import io.github.rediscached.agent.store.Question;
import io.github.rediscached.agent.store.RedisStore.Read;
import io.github.rediscached.agent.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the calls ask Redis is answered by the tests. */
@Timeout(30)
class LoadsElsewhereTest {

  private static final long LONG = TimeUnit.SECONDS.toNanos(20);
  private static final byte[][] KEYS = {{1}, {2}};
  private static final byte[][] OTHER_KEYS = {{1}, {3}};

  private final LoadsElsewhere loads = new LoadsElsewhere();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final AtomicInteger waits = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void theEntryIsReadOnceForAllThatWait() throws Exception {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(new Call(KEYS, LONG, this::read));
    }

    ended.complete(true);

    Read read = calls.get(0).end.get().read();
    assertNotNull(read);
    for (Call call : calls) {
      assertSame(read, call.end.get().read());
    }
    assertEquals(1, reads.get());
    assertEquals(1, waits.get());
    assertEquals(0, loads.size());
  }

  @Test
  void aCallThatComesAfterTheReadWasSentReadsByItself() throws Exception {
    CompletableFuture<Read> answer = new CompletableFuture<>();
    ended.complete(true);
    Call first = new Call(KEYS, LONG, () -> answer.get());

    End second = new Call(KEYS, LONG, this::read).end.get();
    answer.complete(new Read(new byte[0][], false, null));

    assertTrue(second.over());
    assertEquals(1, reads.get());
    assertTrue(first.end.get().over());
  }

  @Test
  void anotherOneWaitsAtRedisWhenTheFirstIsInterrupted() throws Exception {
    Call first = new Call(KEYS, LONG, this::read);
    Call second = new Call(KEYS, LONG, this::read);

    first.thread.interrupt();

    assertFalse(first.end.get().over());
    ended.complete(true);
    assertTrue(second.end.get().over());
    assertEquals(2, waits.get());
  }

  @Test
  void anotherOneWaitsAtRedisWhenTheTimeOfTheFirstIsOver() throws Exception {
    Call first = new Call(KEYS, TimeUnit.MILLISECONDS.toNanos(300), this::read);
    Call second = new Call(KEYS, LONG, this::read);

    assertFalse(first.end.get().over());

    ended.complete(true);
    assertTrue(second.end.get().over());
  }

  @Test
  void noneWaitsForLongerThanItsTime() throws Exception {
    Call first = new Call(KEYS, LONG, this::read);
    Call second = new Call(KEYS, 1_000_000, this::read);

    assertFalse(second.end.get().over());
    assertFalse(first.end.isDone());
  }

  @Test
  void allGiveUpWhenRedisDoesNotAnswer() throws Exception {
    Call first = new Call(KEYS, LONG, this::read);
    Call second = new Call(KEYS, LONG, this::read);

    ended.complete(false);

    assertFalse(first.end.get().over());
    assertFalse(second.end.get().over());
    assertEquals(1, waits.get());
  }

  @Test
  void anotherOneReadsWhenTheReadOfTheFirstFails() throws Exception {
    Call first =
        new Call(
            KEYS,
            LONG,
            () -> {
              throw new IllegalStateException();
            });
    Call second = new Call(KEYS, LONG, this::read);

    ended.complete(true);

    assertThrows(ExecutionException.class, first.end::get);
    assertNotNull(second.end.get().read());
  }

  @Test
  void aCallThatReadsOtherKeysReadsByItself() throws Exception {
    new Call(KEYS, LONG, this::read);
    Call other = new Call(OTHER_KEYS, LONG, this::read);

    ended.complete(true);

    assertTrue(other.end.get().over());
    assertNull(other.end.get().read());
  }

  @Test
  void aCallThatDoesNotWaitWithItsThreadReadsByItself() throws Exception {
    ended.complete(true);

    End end = question(KEYS, LONG, this::read).askLater().get();

    assertEquals(new End(true, null), end);
  }

  /** A call with a thread of its own, which waits or has ended. */
  private final class Call {

    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final Thread thread;

    Call(byte[][] keys, long timeoutNanos, Callable<Read> read) {
      thread =
          new Thread(
              () -> {
                try {
                  end.complete(question(keys, timeoutNanos, read).ask());
                } catch (StoreUnavailableException | RuntimeException e) {
                  end.completeExceptionally(e);
                }
              });
      thread.start();
      while (thread.isAlive()
          && thread.getState() != Thread.State.TIMED_WAITING
          && thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private Read read() {
    reads.incrementAndGet();
    return new Read(new byte[0][], false, null);
  }

  private Question<End> question(byte[][] keys, long timeoutNanos, Callable<Read> read) {
    LongFunction<Question<Boolean>> end = nanos -> asked(() -> isOver(nanos));
    return loads.end(lease(), end, keys, asked(read), timeoutNanos);
  }

  /** As a store waits: an interruption, or the end of the time, is no end of the load. */
  private boolean isOver(long nanos) throws ExecutionException {
    waits.incrementAndGet();
    try {
      return ended.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A question whose answer the thread waits for, or that is answered at once. */
  private static <T> Question<T> asked(Callable<T> answer) {
    return new Question<>() {
      @Override
      public T ask() {
        try {
          return answer.call();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }

      @Override
      public CompletableFuture<T> askLater() {
        return CompletableFuture.completedFuture(ask());
      }
    };
  }

  private static Lease lease() {
    return new Lease(
        new byte[Lease.TOKEN_BYTES],
        false,
        new byte[Versions.BYTES],
        LONG,
        new byte[3 * Versions.BYTES]);
  }
}
