package io.github.rediscached.agent.protocol.model;

/**
 * A thread that writes to the database and then invalidates.
 *
 * @param left writes to come
 * @param mustSee whether the scan that runs is bound to return the entry, since that was there from
 *     its beginning
 */
record Invalidator(int left, Phase phase, boolean mustSee) {

  enum Phase {
    IDLE,
    WRITTEN,
    UNANSWERED,
    HALF_UNLINKED,
    PATTERN_UNLINKED,
    SCANNING,
    SEEN,
    SCANNED
  }

  static Invalidator of(int writes) {
    return new Invalidator(writes, Phase.IDLE, false);
  }

  boolean is(Phase one) {
    return phase == one;
  }

  Invalidator wrote() {
    return new Invalidator(left - 1, Phase.WRITTEN, false);
  }

  Invalidator now(Phase next) {
    return new Invalidator(left, next, mustSee && next != Phase.IDLE);
  }

  Invalidator scanning(boolean entryIsThere) {
    return new Invalidator(left, Phase.SCANNING, entryIsThere);
  }

  /** After the entry was not there for a moment. */
  Invalidator missedEntry() {
    return mustSee ? new Invalidator(left, phase, false) : this;
  }
}
