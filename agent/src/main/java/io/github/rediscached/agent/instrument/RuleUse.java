package io.github.rediscached.agent.instrument;

import java.util.List;

/** The rules that have matched a method so far, for {@link UnmatchedRules}. Thread-safe. */
final class RuleUse {

  private final List<MethodRule> rules;
  private final AgentRuntime runtime;
  private final boolean[] matched;

  RuleUse(List<MethodRule> rules, AgentRuntime runtime) {
    this.rules = rules;
    this.runtime = runtime;
    this.matched = new boolean[rules.size()];
  }

  void matched(int rule) {
    if (isFirst(rule)) {
      runtime.report().matchedAfterAll(rules.get(rule));
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
    runtime.report().unmatched(rules.get(rule), reason);
    if (hasMatched(rule)) {
      runtime.report().matchedAfterAll(rules.get(rule));
    }
  }
}
