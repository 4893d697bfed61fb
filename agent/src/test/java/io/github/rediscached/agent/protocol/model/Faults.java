package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * How many faults of each kind may still happen, and what those that happened have left.
 *
 * @param losses of a single key
 * @param restarts from a snapshot
 * @param late commands without an answer in time, which are done later or never
 * @param snapshot of Redis, if one was taken
 * @param connected whether the connections to this process of Redis have been made
 */
record Faults(
    int losses,
    int flushes,
    int restarts,
    int late,
    @Nullable RedisState snapshot,
    boolean connected) {

  static final Faults NONE = new Faults(0, 0, 0, 0, null, true);

  Faults losses(int count) {
    return new Faults(count, flushes, restarts, late, snapshot, connected);
  }

  Faults flushes(int count) {
    return new Faults(losses, count, restarts, late, snapshot, connected);
  }

  Faults restarts(int count) {
    return new Faults(losses, flushes, count, late, snapshot, connected);
  }

  Faults late(int count) {
    return new Faults(losses, flushes, restarts, count, snapshot, connected);
  }

  Faults snapshot(@Nullable RedisState copy) {
    return new Faults(losses, flushes, restarts, late, copy, connected);
  }

  Faults connected(boolean whether) {
    return new Faults(losses, flushes, restarts, late, snapshot, whether);
  }

  @Override
  public String toString() {
    return losses
        + " losses, "
        + flushes
        + " flushes, "
        + restarts
        + " restarts, "
        + late
        + " late";
  }
}
