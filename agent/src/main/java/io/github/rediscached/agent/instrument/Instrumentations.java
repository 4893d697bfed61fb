package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts the agent between the application and its methods. Start here to read this package. */
public final class Instrumentations {

  private Instrumentations() {}

  /**
   * From now on every class is looked at, the loaded ones included.
   *
   * @param reportUnmatchedAfter when the rules that have matched nothing are reported
   * @param callSites makes what instrumented methods call; asked when the first class may match
   * @param jdkClassLoaded told the internal names of the JDK's classes, those that are loaded
   *     already and others as they are loaded
   */
  public static void start(
      Instrumentation instrumentation,
      List<MethodRule> rules,
      Duration reportUnmatchedAfter,
      Function<Bridge, CallSites> callSites,
      MethodReport report,
      Consumer<Class<?>> opener,
      Consumer<String> jdkClassLoaded,
      AgentLog log) {
    Supertypes supertypes = new Supertypes(rules);
    LoadedClasses loaded = new LoadedClasses(instrumentation, log);
    RuleUse ruleUse = new RuleUse(rules, report);
    CacheTransformer transformer =
        new CacheTransformer(
            rules,
            supertypes,
            new LazyInstrumenter(
                instrumentation, rules, supertypes, callSites, report, ruleUse, opener),
            jdkClassLoaded,
            loaded,
            log);
    instrumentation.addTransformer(transformer, true);
    loaded.retransformPresent(transformer);
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() == null) {
        jdkClassLoaded.accept(type.getName().replace('.', '/'));
      }
    }
    new UnmatchedRules(rules, ruleUse, loaded, reportUnmatchedAfter).reportLater();
  }
}
