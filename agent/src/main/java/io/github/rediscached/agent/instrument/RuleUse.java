package io.github.rediscached.agent.instrument;

import java.util.List;
import java.util.function.Supplier;

/** Which rules have matched a method so far. Thread-safe. */
final class RuleUse {

  private final List<MethodRule> rules;
  private final Supplier<Wiring> wiring;
  private final boolean[] matched;

  RuleUse(List<MethodRule> rules, Supplier<Wiring> wiring) {
    this.rules = rules;
    this.wiring = wiring;
    this.matched = new boolean[rules.size()];
  }

  void matched(int rule) {
    if (isFirst(rule)) {
      wiring.get().report().matchedAfterAll(rules.get(rule));
    }
  }

  private synchronized boolean isFirst(int rule) {
    boolean first = !matched[rule];
    matched[rule] = true;
    return first;
  }

  synchronized boolean hasMatched(int rule) {
    return matched[rule];
  }

  /** It was looked at why a rule has matched nothing; perhaps it has meanwhile. */
  void unmatched(int rule, String reason) {
    wiring.get().report().unmatched(rules.get(rule), reason);
    if (hasMatched(rule)) {
      wiring.get().report().matchedAfterAll(rules.get(rule));
    }
  }
}
