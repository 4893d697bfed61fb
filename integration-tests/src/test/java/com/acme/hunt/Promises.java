package com.acme.hunt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tells the other JVMs of changes, once the agent has no invalidation left that Redis has not
 * confirmed: before that, only this JVM is promised anything.
 */
final class Promises implements Runnable {

  private record Change(Kind kind, Item item) {}

  private record Confirmed(List<Change> changes, long promisedNanos) {}

  private final Ledger ledger;
  private final BooleanSupplier confirmed;
  private final long lateNanos;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

  /**
   * @param confirmed whether all invalidations are, at this moment
   * @param lateNanos how long after that others may go on with what they have
   */
  Promises(Ledger ledger, BooleanSupplier confirmed, long lateNanos) {
    this.ledger = ledger;
    this.confirmed = confirmed;
    this.lateNanos = lateNanos;
  }

  void add(Kind kind, Item item) {
    changes.add(new Change(kind, item));
  }

  @Override
  public void run() {
    List<Change> returned = new ArrayList<>();
    Deque<Confirmed> confirmedOnes = new ArrayDeque<>();
    try {
      while (true) {
        // With nothing to wait for, waking up each millisecond would take time from the callers.
        boolean nothingWaits = returned.isEmpty() && confirmedOnes.isEmpty();
        Change next = nothingWaits ? changes.take() : changes.poll(1, TimeUnit.MILLISECONDS);
        if (next != null) {
          returned.add(next);
          changes.drainTo(returned);
        }
        // All of these had returned before it is asked.
        if (!returned.isEmpty() && confirmed.getAsBoolean()) {
          confirmedOnes.add(new Confirmed(returned, System.nanoTime() + lateNanos));
          returned = new ArrayList<>();
        }
        publish(confirmedOnes);
      }
    } catch (InterruptedException e) {
      // The hunt is over.
    }
  }

  private void promise(Change change) {
    ledger.promise(change.kind(), change.item().id(), change.item().version());
  }

  private void publish(Deque<Confirmed> confirmedOnes) {
    for (Confirmed oldest = confirmedOnes.peek();
        oldest != null && System.nanoTime() - oldest.promisedNanos() >= 0;
        oldest = confirmedOnes.peek()) {
      oldest.changes().forEach(this::promise);
      confirmedOnes.remove();
    }
  }
}
