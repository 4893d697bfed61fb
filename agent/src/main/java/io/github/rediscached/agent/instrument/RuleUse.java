package io.github.rediscached.agent.instrument;

import java.util.List;

/** Which rules have matched a method so far. Thread-safe. */
final class RuleUse {

  private final List<MethodRule> rules;
  private final MethodReport report;
  private final boolean[] matched;

  RuleUse(List<MethodRule> rules, MethodReport report) {
    this.rules = rules;
    this.report = report;
    this.matched = new boolean[rules.size()];
  }

  void matched(int rule) {
    if (isFirst(rule)) {
      report.matchedAfterAll(rules.get(rule));
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
    report.unmatched(rules.get(rule), reason);
    if (hasMatched(rule)) {
      report.matchedAfterAll(rules.get(rule));
    }
  }
}
