package io.github.rediscached.agent.instrument;

/** Which rules have matched a method so far. Thread-safe. */
final class RuleUse {

  private final boolean[] matched;

  RuleUse(int rules) {
    this.matched = new boolean[rules];
  }

  synchronized void matched(int rule) {
    matched[rule] = true;
  }

  synchronized boolean hasMatched(int rule) {
    return matched[rule];
  }
}
