package io.github.rediscached.agent.call;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.Versions;
import io.github.rediscached.agent.thread.Timer;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlightsTest {

  private static final long LONG = TimeUnit.SECONDS.toNanos(20);
  private static final byte[] ENTRY = {1, 2, 3};

  /** When all leases are over. */
  private static final long OVER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final AtomicLong nanos = new AtomicLong();
  private final Flights flights = new Flights(nanos::get, new Timer("test"));

  @Test
  void whoWaitsGetsWhatTheLoadHasStored() throws Exception {
    Flights.Flight flight = flights.begin(lease(1, 1));
    CompletableFuture<Flights.Wait> waiter = waiting(lease(1, 1));

    flights.end(flight, ENTRY);

    Flights.Wait wait = waiter.get();
    assertEquals(Flights.End.LANDED, wait.end());
    assertArrayEquals(ENTRY, Objects.requireNonNull(wait.landing()).entry());
  }

  @Test
  void whoWaitsForALoadThatFailsLearnsItAtOnce() throws Exception {
    Flights.Flight flight = flights.begin(lease(1, 1));
    CompletableFuture<Flights.Wait> waiter = waiting(lease(1, 1));

    flights.end(flight, null);

    assertNull(Objects.requireNonNull(waiter.get().landing()).entry());
  }

  @Test
  void nobodyTakesTheResultOfALoadThatWasInvalidatedMeanwhile() throws Exception {
    CompletableFuture.runAsync(() -> flights.begin(lease(1, 1))).get();

    assertEquals(Flights.End.NOT_HERE, flights.await(lease(2, 1), flights.caller(), LONG).end());
    assertEquals(Flights.End.NOT_HERE, flights.await(lease(1, 2), flights.caller(), LONG).end());
  }

  @Test
  void aLoadThatHasEndedIsForgotten() {
    flights.end(flights.begin(lease(1, 1)), ENTRY);

    assertEquals(Flights.End.NOT_HERE, flights.await(lease(1, 1), flights.caller(), LONG).end());
  }

  @Test
  void waitingEndsWithItsTime() throws Exception {
    CompletableFuture.runAsync(() -> flights.begin(lease(1, 1))).get();

    assertEquals(
        Flights.End.GIVEN_UP, flights.await(lease(1, 1), flights.caller(), 1_000_000).end());
  }

  @Test
  void anInterruptedThreadDoesNotWaitAndStaysInterrupted() throws Exception {
    CompletableFuture.runAsync(() -> flights.begin(lease(1, 1))).get();

    Thread.currentThread().interrupt();

    assertEquals(Flights.End.GIVEN_UP, flights.await(lease(1, 1), flights.caller(), LONG).end());
    assertTrue(Thread.interrupted());
  }

  @Test
  void aThreadDoesNotWaitForItself() {
    flights.begin(lease(1, 1));

    assertEquals(Flights.End.CIRCLE, flights.await(lease(1, 1), flights.caller(), LONG).end());
    assertEquals(
        Flights.End.CIRCLE,
        flights.await(lease(1, 2), flights.caller(), LONG).end(),
        "not even where something was invalidated meanwhile");
  }

  @Test
  void ofThreadsThatWouldWaitForEachOtherTheLastDoesNot() throws Exception {
    CountDownLatch begun = new CountDownLatch(3);
    CompletableFuture<Flights.End> first = loadThenAwait(1, 2, begun);
    CompletableFuture<Flights.End> second = loadThenAwait(2, 3, begun);
    CompletableFuture<Flights.End> third = loadThenAwait(3, 1, begun);

    int circles = 0;
    for (CompletableFuture<Flights.End> each : java.util.List.of(first, second, third)) {
      circles += each.get() == Flights.End.CIRCLE ? 1 : 0;
    }
    assertEquals(1, circles);
  }

  @Test
  void whoDoesNotWaitWithAThreadIsToldTheEndOfTheSameLoadOnly() throws Exception {
    Flights.Flight flight = flights.begin(lease(1, 1), new Flights.Caller(new Thread(), null));
    CompletableFuture<Flights.Landing> landing =
        Objects.requireNonNull(flights.landingOf(lease(1, 1)));
    assertNull(flights.landingOf(lease(2, 1)));
    assertNull(flights.landingOf(lease(1, 2)), "something was invalidated meanwhile");

    flights.end(flight, ENTRY);

    assertArrayEquals(ENTRY, landing.get().entry());
    assertNull(flights.landingOf(lease(1, 1)));
  }

  @Test
  void whatAMethodCallsKnowsTheLoadsThatItIsPartOf() {
    Flights.Flight outer = flights.begin(lease(1, 1), new Flights.Caller(new Thread(), null));
    assertSame(outer, flights.caller().inside());
    flights.leave(outer);
    assertNull(flights.caller().inside());
    Flights.Flight inner = flights.begin(lease(2, 1), new Flights.Caller(new Thread(), outer));
    flights.leave(inner);
    Thread elsewhere = new Thread();

    assertTrue(flights.isCircle(lease(2, 1), new Flights.Caller(elsewhere, inner)));
    assertTrue(flights.isCircle(lease(1, 1), new Flights.Caller(elsewhere, inner)));
    assertTrue(flights.isCircle(lease(1, 1), new Flights.Caller(elsewhere, outer)));
    assertFalse(flights.isCircle(lease(2, 1), new Flights.Caller(elsewhere, outer)));
    assertFalse(flights.isCircle(lease(1, 1), new Flights.Caller(elsewhere, null)));
    flights.end(outer, ENTRY);
    assertFalse(flights.isCircle(lease(1, 1), new Flights.Caller(elsewhere, inner)));
  }

  @Test
  void aThreadThatHasLeftItsLoadMayWaitForIt() {
    Flights.Flight flight = flights.begin(lease(1, 1), new Flights.Caller(new Thread(), null));
    Thread here = Thread.currentThread();

    assertTrue(flights.isCircle(lease(1, 1), new Flights.Caller(here, null)));
    flights.leave(flight);
    assertFalse(flights.isCircle(lease(1, 1), new Flights.Caller(here, null)));
  }

  /** As when it waits for the future, whose method calls again what it loads. */
  @Test
  void whoRunsAMethodThatReturnsAFutureDoesNotWaitForItsCaller() throws Exception {
    Thread here = Thread.currentThread();
    flights.begin(lease(1, 1));

    CompletableFuture.runAsync(
            () -> {
              Flights.Flight inner = flights.begin(lease(2, 1), new Flights.Caller(here, null));
              assertEquals(
                  Flights.End.CIRCLE, flights.await(lease(1, 1), flights.caller(), LONG).end());
              flights.leave(inner);
              assertTrue(flights.isCircle(lease(1, 1), new Flights.Caller(new Thread(), inner)));

              Flights.Flight deeper =
                  flights.begin(lease(3, 1), new Flights.Caller(new Thread(), inner));
              assertEquals(
                  Flights.End.CIRCLE, flights.await(lease(1, 1), flights.caller(), LONG).end());
              flights.leave(deeper);
              assertFalse(flights.isCircle(lease(1, 1), new Flights.Caller(new Thread(), null)));
            })
        .get();
  }

  @Test
  void loadsThatNeverEndMakeRoomWhenTheirLeasesAreOver() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      flights.begin(lease(i, 1));
    }
    CompletableFuture<Flights.Landing> landing =
        Objects.requireNonNull(flights.landingOf(lease(1, 1)));
    flights.begin(lease(10_000, 1));
    assertNull(flights.landingOf(lease(10_000, 1)), "no room");
    assertFalse(landing.isDone());

    nanos.set(OVER_NANOS + 1);
    flights.begin(lease(10_001, 1));

    assertNotNull(flights.landingOf(lease(10_001, 1)));
    assertNull(flights.landingOf(lease(1, 1)));
    assertNull(landing.get().entry());
    assertEquals(Flights.End.CIRCLE, flights.await(lease(10_001, 1), flights.caller(), LONG).end());
  }

  private CompletableFuture<Flights.End> loadThenAwait(int own, int other, CountDownLatch begun) {
    CompletableFuture<Flights.End> end = new CompletableFuture<>();
    new Thread(
            () -> {
              Flights.Flight flight = flights.begin(lease(own, 1));
              begun.countDown();
              try {
                begun.await();
              } catch (InterruptedException e) {
                end.completeExceptionally(e);
              }
              Flights.End waited = flights.await(lease(other, 1), flights.caller(), LONG).end();
              flights.end(flight, ENTRY);
              end.complete(waited);
            })
        .start();
    return end;
  }

  /** Returns when the thread waits. */
  private CompletableFuture<Flights.Wait> waiting(Lease lease) throws Exception {
    CompletableFuture<Flights.Wait> wait = new CompletableFuture<>();
    Thread thread = new Thread(() -> wait.complete(flights.await(lease, flights.caller(), LONG)));
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    assertNotNull(wait);
    return wait;
  }

  private static Lease lease(int token, int version) {
    byte[] tokenBytes = new byte[Lease.TOKEN_BYTES];
    ByteBuffer.wrap(tokenBytes).putInt(1, token);
    byte[] versions = new byte[3 * Versions.BYTES];
    versions[Versions.BYTES] = (byte) version;
    return new Lease(tokenBytes, true, new byte[Versions.BYTES], OVER_NANOS, versions);
  }
}
