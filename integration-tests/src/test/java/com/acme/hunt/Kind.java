package com.acme.hunt;

import java.util.Arrays;

/** The ways by which cached results are invalidated, with how often each is taken. */
public enum Kind {
  KEY(30),
  TAG(30),
  RESULT_TAG(30),
  PUT(30),
  // One change makes all items of the cache misses, so more of them would leave no hits.
  CACHE(2),
  PATTERN(5),

  // Of methods that return futures.
  FUTURE_KEY(30, true),
  FUTURE_TAG(30, true),
  FUTURE_RESULT_TAG(30, true),
  FUTURE_PUT(30, true);

  private static final int WEIGHTS = Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

  private final int weight;
  private final boolean future;

  Kind(int weight) {
    this(weight, false);
  }

  Kind(int weight, boolean future) {
    this.weight = weight;
    this.future = future;
  }

  /** Results of these are not kept in the memory of a JVM, so that none may be late. */
  boolean isFuture() {
    return future;
  }

  /** The kind of a change. */
  static Kind ofChange(Dice dice) {
    int left = dice.upTo(WEIGHTS);
    for (Kind kind : values()) {
      left -= kind.weight;
      if (left < 0) {
        return kind;
      }
    }
    throw new AssertionError();
  }
}
