package io.github.rediscached.agent.protocol.model;

/**
 * How many faults of each kind may still happen.
 *
 * @param losses of a single key
 * @param restarts from a snapshot
 * @param late commands without an answer in time, which are done later or never
 */
record Faults(int losses, int flushes, int restarts, int late) {

  static final Faults NONE = new Faults(0, 0, 0, 0);

  Faults losses(int count) {
    return new Faults(count, flushes, restarts, late);
  }

  Faults flushes(int count) {
    return new Faults(losses, count, restarts, late);
  }

  Faults restarts(int count) {
    return new Faults(losses, flushes, count, late);
  }

  Faults late(int count) {
    return new Faults(losses, flushes, restarts, count);
  }
}
