package io.github.rediscached.agent.codec;

import org.jspecify.annotations.Nullable;

/** A rule for collections that may have to be filled later than they are created. */
interface KeyedSerializer {

  /**
   * Puts elements, for a map keys and values in turn, into an empty collection.
   *
   * @param collection what this rule created
   * @throws Unreadable if some of them are the same to the collection
   */
  void fill(Object collection, @Nullable Object[] elements);

  /**
   * Whether a collection finds what was put into it: an element whose hash was another one when it
   * was put in would be there and not be found.
   */
  boolean isWhole(Object collection, @Nullable Object[] elements);

  void clear(Object collection);
}
