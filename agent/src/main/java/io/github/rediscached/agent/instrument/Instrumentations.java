package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.log.AgentLog;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Wires this package, in two steps. {@link #start} installs the class file transformer, which only
 * glances at classes. The first class that passes the glance makes {@link #call} wire the rest: the
 * bridge in the boot loader, the instrumenter, and through the {@link AgentRuntime} everything that
 * instrumented methods call. Never changes a class itself. Thread-safe.
 */
public final class Instrumentations implements Callable<Instrumenter> {

  private final Instrumentation instrumentation;
  private final List<MethodRule> rules;
  private final AgentRuntime runtime;
  private final ModuleOpener opener;
  private final InheritableRequests supertypes;
  private final RuleUse ruleUse;
  private final MissedWrites missedWrites;
  private @Nullable Instrumenter instrumenter;

  private Instrumentations(
      Instrumentation instrumentation, List<MethodRule> rules, AgentRuntime runtime) {
    this.instrumentation = instrumentation;
    this.rules = rules;
    this.runtime = runtime;
    this.opener = new ModuleOpener(instrumentation);
    this.supertypes = new InheritableRequests(rules);
    this.ruleUse = new RuleUse(rules, runtime);
    this.missedWrites = new MissedWrites(opener, runtime);
  }

  /**
   * Lets the agent see every class from now on, and those that are loaded already. The agent calls
   * it once, before {@code main} or when it is attached.
   *
   * @param reportUnmatchedAfter when the rules that have matched nothing are reported
   */
  public static void start(
      Instrumentation instrumentation,
      List<MethodRule> rules,
      Duration reportUnmatchedAfter,
      AgentRuntime runtime,
      AgentLog log) {
    new Instrumentations(instrumentation, rules, runtime).start(reportUnmatchedAfter, log);
  }

  private void start(Duration reportUnmatchedAfter, AgentLog log) {
    LoadedClasses loaded = new LoadedClasses(instrumentation, missedWrites, log);
    CacheTransformer transformer =
        new CacheTransformer(rules, supertypes, this, runtime, loaded, log);
    instrumentation.addTransformer(transformer, true);
    try {
      loaded.lookAtPresent(transformer, runtime);
      if (!rules.isEmpty()) {
        new UnmatchedRules(rules, ruleUse, loaded, reportUnmatchedAfter).reportLater();
      }
    } catch (Throwable e) {
      // Else the agent would have two transformers when it is attached again.
      instrumentation.removeTransformer(transformer);
      throw e;
    }
  }

  /** The one instrumenter. If it can't be made, the next call tries again. */
  @Override
  public synchronized Instrumenter call() throws ReflectiveOperationException, IOException {
    if (instrumenter == null) {
      BootBridge bridge = BootBridge.define(instrumentation);
      Plans plans = new Plans();
      MethodReport report = runtime.report();
      Instrumenter made =
          new Instrumenter(
              rules,
              supertypes,
              plans,
              report,
              ruleUse,
              missedWrites,
              opener,
              runtime.cachesResponses());
      CallSites callSites = runtime.callSites(bridge);
      bridge.install(new Linker(plans, callSites, runtime.httpSites(bridge), report).handle());
      instrumenter = made;
    }
    return instrumenter;
  }
}
