package com.acme.hunt;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Decides what is stale. Changes of this JVM count as soon as the changing method has returned,
 * those of others when they have promised it in the ledger.
 */
final class Judge {

  /** More than that says nothing new. */
  private static final int DETAILS = 20;

  private final Ledger ledger;
  private final Consumer<String> details;
  private final AtomicLongArray returned = new AtomicLongArray(Kind.values().length * Ledger.ITEMS);
  private final PerKind stale = new PerKind();

  /**
   * @param details takes a line about a stale answer
   */
  Judge(Ledger ledger, Consumer<String> details) {
    this.ledger = ledger;
    this.details = details;
  }

  /** What a call must see at least that starts now. */
  long least(Kind kind, int id) {
    return Math.max(returned.get(place(kind, id)), ledger.promised(kind, id));
  }

  /** A changing method of this JVM has returned. */
  void returned(Kind kind, Item item) {
    returned.accumulateAndGet(place(kind, item.id()), item.version(), Math::max);
  }

  /**
   * @param least what {@link #least} said before the call
   * @param startNanos when that was
   */
  void answered(Kind kind, int id, Item answer, long least, long startNanos) {
    if (answer.id() == id && answer.version() >= least) {
      return;
    }
    stale.increment(kind);
    if (count(kind) <= DETAILS) {
      details.accept(
          kind
              + " item "
              + id
              + ": got "
              + answer
              + " where version "
              + least
              + " was promised; the source has "
              + ledger.version(kind, id)
              + "; the call began at "
              + startNanos
              + " and took "
              + (System.nanoTime() - startNanos) / 1_000
              + " us in "
              + Thread.currentThread().getName());
    }
  }

  long count(Kind kind) {
    return stale.of(kind);
  }

  private static int place(Kind kind, int id) {
    return kind.ordinal() * Ledger.ITEMS + id;
  }
}
