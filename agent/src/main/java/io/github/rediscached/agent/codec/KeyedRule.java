package io.github.rediscached.agent.codec;

import org.jspecify.annotations.Nullable;

/** A rule for collections that may have to be filled later than they are created. */
interface KeyedRule {

  /**
   * Puts elements, for a map keys and values in turn, into an empty collection.
   *
   * @param collection what this rule created
   */
  void fill(Object collection, @Nullable Object[] elements);
}
