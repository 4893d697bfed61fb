package io.github.rediscached.agent.instrument;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Which rules have matched a method so far. Thread-safe. */
final class RuleUse {

  private final List<MethodRule> rules;
  private final MethodReport report;
  private final AtomicIntegerArray matched;

  RuleUse(List<MethodRule> rules, MethodReport report) {
    this.rules = rules;
    this.report = report;
    this.matched = new AtomicIntegerArray(rules.size());
  }

  void matched(int rule) {
    if (matched.get(rule) == 0 && matched.compareAndSet(rule, 0, 1)) {
      report.matchedAfterAll(rules.get(rule));
    }
  }

  boolean hasMatched(int rule) {
    return matched.get(rule) != 0;
  }

  /** It was looked at why a rule has matched nothing; perhaps it has meanwhile. */
  void unmatched(int rule, String reason) {
    report.unmatched(rules.get(rule), reason);
    if (hasMatched(rule)) {
      report.matchedAfterAll(rules.get(rule));
    }
  }
}
