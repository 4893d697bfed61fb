package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * A thread that calls the cached method, once or more, and where it is.
 *
 * @param made calls that are finished
 * @param known the token of the entry that it wants to replace; 0 for none
 * @param promised what the database held, at least, when the last invalidation before this call
 *     returned
 * @param lease of the call, or of the last one: others in its JVM may still wait for that
 * @param value what the load has read; -1 for nothing yet
 * @param stored whether Redis has confirmed the store of that
 */
record Call(
    int made,
    Phase phase,
    int known,
    int promised,
    @Nullable AcquiredLease lease,
    int value,
    boolean stored) {

  enum Phase {
    IDLE,
    MISSED,
    GRANTED,
    TAKEN,
    LOADED
  }

  static Call none() {
    return new Call(0, Phase.IDLE, 0, 0, null, -1, false);
  }

  boolean is(Phase one) {
    return phase == one;
  }

  Call missed(int knownToken, int promise) {
    return new Call(made, Phase.MISSED, knownToken, promise, null, -1, false);
  }

  Call acquired(AcquiredLease answer, boolean granted) {
    return new Call(
        made, granted ? Phase.GRANTED : Phase.TAKEN, 0, granted ? 0 : promised, answer, -1, false);
  }

  Call loaded(int version) {
    return new Call(made, Phase.LOADED, 0, 0, lease, version, false);
  }

  /** Finished, with a value that others may still take. */
  Call stored(boolean confirmed) {
    return new Call(made + 1, Phase.IDLE, 0, 0, lease, value, confirmed);
  }

  /** Finished, with nothing for others. */
  Call finished() {
    return new Call(made + 1, Phase.IDLE, 0, 0, null, -1, false);
  }
}
