package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * Something that may happen.
 *
 * @param name as a trace shows it
 * @param question what it asks Redis
 * @param end what follows from the answer
 */
record Step(String name, Question question, End end) {

  interface Question {
    /** Null where the step can't happen. */
    @Nullable Command of(World world);
  }

  interface End {
    /** The world after it, from one with what Redis holds now; null where it can't happen. */
    @Nullable World of(World world, Answer answer);
  }

  interface Move {
    /** The world after it; null where it can't happen. */
    @Nullable World from(World world);
  }

  /** A step that asks Redis nothing. */
  static Step elsewhere(String name, Move move) {
    return new Step(name, world -> Command.Simple.NONE, (world, answer) -> move.from(world));
  }
}
