package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Looking for an entry: what is to be read next, or what was found. So those who wait for Redis and
 * those who are called back judge its answers alike.
 */
sealed interface Search permits Search.Question, Lookup {

  /** What follows from an answer. */
  interface Judge {

    Search judge(byte[] @Nullable [] answer);
  }

  /**
   * To be asked of {@link Protocol#read}.
   *
   * @param judge gets the answer
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  record Question(byte[][] keys, boolean namedTags, Judge judge) implements Search {}
}
