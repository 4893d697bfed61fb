package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * A thread that calls a method with {@code @RedisPut}, once.
 *
 * @param asked whether it has asked for the lease
 * @param load what was answered; null if nothing was
 * @param value what it has written to the database; 0 for nothing yet
 */
record Put(boolean asked, @Nullable Load load, int value, Phase phase) {

  enum Phase {
    RUNNING,
    UNCONFIRMED,
    RETURNED
  }

  static Put none() {
    return new Put(false, null, 0, Phase.RUNNING);
  }

  boolean is(Phase one) {
    return phase == one;
  }

  Put asked(@Nullable Load answer) {
    return new Put(true, answer, value, phase);
  }

  Put wrote(int version) {
    return new Put(asked, load, version, phase);
  }

  Put now(Phase next) {
    return new Put(asked, null, value, next);
  }
}
