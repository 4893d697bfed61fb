package com.acme.hunt;

import java.util.ArrayList;
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

  private final Ledger ledger;
  private final BooleanSupplier confirmed;
  private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();

  /**
   * @param confirmed whether all invalidations are, at this moment
   */
  Promises(Ledger ledger, BooleanSupplier confirmed) {
    this.ledger = ledger;
    this.confirmed = confirmed;
  }

  void add(Kind kind, Item item) {
    changes.add(new Change(kind, item));
  }

  @Override
  public void run() {
    List<Change> returned = new ArrayList<>();
    try {
      while (true) {
        Change next = changes.poll(1, TimeUnit.MILLISECONDS);
        if (next != null) {
          returned.add(next);
          changes.drainTo(returned);
        }
        // All of these had returned before it is asked.
        if (!returned.isEmpty() && confirmed.getAsBoolean()) {
          returned.forEach(
              change -> ledger.promise(change.kind(), change.item().id(), change.item().version()));
          returned.clear();
        }
      }
    } catch (InterruptedException e) {
      // The hunt is over.
    }
  }
}
