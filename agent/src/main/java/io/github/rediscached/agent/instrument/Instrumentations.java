package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Puts the agent between the application and its methods. Start here to read this package. */
public final class Instrumentations {

  private Instrumentations() {}

  /**
   * From now on every class is looked at, the loaded ones included.
   *
   * @param reportUnmatchedAfter when the rules that have matched nothing are reported
   * @param wiring asked when the first class may match, or when there is something to report
   * @param jdkClassLoaded told the internal names of the JDK's classes as they are loaded, and of
   *     those that are loaded already if they are not in {@code java.base}
   */
  public static void start(
      Instrumentation instrumentation,
      List<MethodRule> rules,
      Duration reportUnmatchedAfter,
      Supplier<Wiring> wiring,
      Consumer<String> jdkClassLoaded,
      AgentLog log) {
    InheritableRequests supertypes = new InheritableRequests(rules);
    MissedWrites missedWrites = new MissedWrites(new ModuleOpener(instrumentation), wiring);
    LoadedClasses loaded = new LoadedClasses(instrumentation, missedWrites, log);
    RuleUse ruleUse = new RuleUse(rules, wiring);
    CacheTransformer transformer =
        new CacheTransformer(
            rules,
            supertypes,
            new LazyInstrumenter(instrumentation, rules, supertypes, ruleUse, missedWrites, wiring),
            jdkClassLoaded,
            loaded,
            log);
    instrumentation.addTransformer(transformer, true);
    try {
      loaded.lookAtPresent(transformer, jdkClassLoaded);
      if (!rules.isEmpty()) {
        new UnmatchedRules(rules, ruleUse, loaded, reportUnmatchedAfter).reportLater();
      }
    } catch (Throwable e) {
      // Else the agent would have two transformers when it is attached again.
      instrumentation.removeTransformer(transformer);
      throw e;
    }
  }
}
