package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.classfile.LoadedClassFiles;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.time.Duration;
import java.util.List;

/**
 * Says once, some time after the start, which rules have matched no method: a misspelled rule would
 * else look like a cache that never hits. A daemon does it and then ends.
 */
final class UnmatchedRules implements Runnable {

  private final List<MethodRule> rules;
  private final RuleUse use;
  private final LoadedClasses loaded;
  private final Duration delay;
  private final Thread daemon = DaemonThreads.named("rediscached-rules", this);
  private volatile boolean stopped;

  UnmatchedRules(List<MethodRule> rules, RuleUse use, LoadedClasses loaded, Duration delay) {
    this.rules = rules;
    this.use = use;
    this.loaded = loaded;
    this.delay = delay;
  }

  /** Returns at once. */
  void reportLater() {
    daemon.start();
  }

  /** Nothing is said any more. */
  void stop() {
    stopped = true;
    daemon.interrupt();
  }

  @Override
  public void run() {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      // Something interrupts every thread of the JVM; the report is then early.
    }
    if (stopped) {
      return;
    }
    try (LoadedClassFiles files = new LoadedClassFiles()) {
      RuleDiagnosis diagnosis = null;
      for (int rule = 0; rule < rules.size(); rule++) {
        if (!use.hasMatched(rule)) {
          if (diagnosis == null) {
            diagnosis = new RuleDiagnosis(rules, loaded.ofApplication(), files);
          }
          use.unmatched(rule, reason(diagnosis, rule));
        }
      }
    }
  }

  private static String reason(RuleDiagnosis diagnosis, int rule) {
    try {
      return diagnosis.of(rule);
    } catch (RuntimeException | LinkageError e) {
      // A class file that is not one, or a class loader that throws.
      return "why could not be found out (" + e + "). Check its spelling.";
    }
  }
}
