package io.github.rediscached.agent.protocol.model;

import org.jspecify.annotations.Nullable;

/**
 * What a command has answered.
 *
 * @param redis the state after it
 * @param word what a script says; of an acquire: {@code changed}, {@code granted} or {@code taken}
 * @param hit of a read; null for a miss
 * @param lease of an acquire that was granted, or is taken
 */
record Answer(RedisState redis, String word, @Nullable Entry hit, @Nullable AcquiredLease lease) {

  static Answer none(RedisState redis) {
    return new Answer(redis, "", null, null);
  }

  boolean says(String expected) {
    return word.equals(expected);
  }
}
