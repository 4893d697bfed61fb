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
  private @Nullable BootBridge bridge;
  private boolean stopped;
  private @Nullable CacheTransformer transformer;
  private @Nullable LoadedClasses loaded;
  private @Nullable UnmatchedRules unmatched;

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
  public static Instrumentations start(
      Instrumentation instrumentation,
      List<MethodRule> rules,
      Duration reportUnmatchedAfter,
      AgentRuntime runtime,
      AgentLog log) {
    Instrumentations started = new Instrumentations(instrumentation, rules, runtime);
    started.start(reportUnmatchedAfter, log);
    return started;
  }

  private void start(Duration reportUnmatchedAfter, AgentLog log) {
    LoadedClasses present = new LoadedClasses(instrumentation, missedWrites, log);
    CacheTransformer its = new CacheTransformer(rules, supertypes, this, runtime, present, log);
    loaded = present;
    transformer = its;
    instrumentation.addTransformer(its, true);
    try {
      present.lookAtPresent(its, runtime);
      if (!rules.isEmpty()) {
        unmatched = new UnmatchedRules(rules, ruleUse, present, reportUnmatchedAfter);
        unmatched.reportLater();
      }
    } catch (Throwable e) {
      // Else the agent would have two transformers when it is attached again.
      stop();
      throw e;
    }
  }

  /**
   * Gives all classes their own byte code back. No further call is seen; those that are under way
   * end as they have begun.
   */
  public void stop() {
    CacheTransformer its = transformer;
    LoadedClasses present = loaded;
    if (its == null || present == null) {
      return;
    }
    instrumentation.removeTransformer(its);
    synchronized (this) {
      stopped = true;
      if (bridge != null) {
        bridge.uninstall();
      }
    }
    present.stop();
    if (unmatched != null) {
      unmatched.stop();
    }
    present.restore(its.changed());
  }

  /** The one instrumenter. If it can't be made, the next call tries again. */
  @Override
  public synchronized Instrumenter call() throws ReflectiveOperationException, IOException {
    if (stopped) {
      throw new IllegalStateException("the agent leaves");
    }
    if (instrumenter == null) {
      BootBridge made = BootBridge.define(instrumentation);
      Plans plans = new Plans();
      MethodReport report = runtime.report();
      Instrumenter its =
          new Instrumenter(
              rules,
              supertypes,
              plans,
              report,
              ruleUse,
              missedWrites,
              opener,
              runtime.cachesResponses());
      CallSites callSites = runtime.callSites(made);
      made.install(new Linker(plans, callSites, runtime.httpSites(made), report).handle());
      bridge = made;
      instrumenter = its;
    }
    return instrumenter;
  }
}
