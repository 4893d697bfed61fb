package io.github.rediscached.agent.instrument;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which rules have matched a method so far. Thread-safe. */
final class RuleUse {

  private final AtomicIntegerArray matched;

  RuleUse(int rules) {
    this.matched = new AtomicIntegerArray(rules);
  }

  void matched(int rule) {
    matched.lazySet(rule, 1);
  }

  boolean hasMatched(int rule) {
    return matched.get(rule) != 0;
  }
}
