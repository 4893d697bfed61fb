package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * Something that may happen.
 *
 * @param name as a trace shows it
 */
record Step(String name, Move move) {

  interface Move {
    /** The world after it; null where it can't happen. */
    @Nullable World from(World world);
  }
}
