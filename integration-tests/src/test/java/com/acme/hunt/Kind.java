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
  FUTURE_KEY(30),
  FUTURE_TAG(30),
  FUTURE_RESULT_TAG(30),
  FUTURE_PUT(30);

  private static final int WEIGHTS = Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();

  private final int weight;

  Kind(int weight) {
    this.weight = weight;
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
