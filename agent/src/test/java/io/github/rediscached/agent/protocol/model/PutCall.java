package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * A thread that calls a method with {@code @RedisPut}, once.
 *
 * @param asked whether it has asked for the lease
 * @param lease what was answered; null if nothing was
 * @param value what it has written to the database; 0 for nothing yet
 */
record PutCall(boolean asked, @Nullable AcquiredLease lease, int value, Phase phase) {

  enum Phase {
    RUNNING,
    TO_UNLINK,
    RETURNED
  }

  static PutCall none() {
    return new PutCall(false, null, 0, Phase.RUNNING);
  }

  boolean is(Phase one) {
    return phase == one;
  }

  PutCall asked(@Nullable AcquiredLease answer) {
    return new PutCall(true, answer, value, phase);
  }

  PutCall wrote(int version) {
    return new PutCall(asked, lease, version, phase);
  }

  PutCall now(Phase next) {
    return new PutCall(asked, null, value, next);
  }
}
