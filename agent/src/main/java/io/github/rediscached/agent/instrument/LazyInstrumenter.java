package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instrumenter, and with it the bridge and all that instrumented methods call: made when the
 * first class passes the first glance, as an application in which nothing matches should not pay
 * for it. Thread-safe.
 */
final class LazyInstrumenter implements Callable<Instrumenter> {

  private final Instrumentation instrumentation;
  private final List<MethodRule> rules;
  private final Supertypes supertypes;
  private final Function<Bridge, CallSites> callSites;
  private final MethodReport report;
  private final RuleUse ruleUse;
  private final Consumer<Class<?>> opener;
  private @Nullable Instrumenter instrumenter;

  LazyInstrumenter(
      Instrumentation instrumentation,
      List<MethodRule> rules,
      Supertypes supertypes,
      Function<Bridge, CallSites> callSites,
      MethodReport report,
      RuleUse ruleUse,
      Consumer<Class<?>> opener) {
    this.instrumentation = instrumentation;
    this.rules = rules;
    this.supertypes = supertypes;
    this.callSites = callSites;
    this.report = report;
    this.ruleUse = ruleUse;
    this.opener = opener;
  }

  /** The one instrumenter. If it can't be made, the next call tries again. */
  @Override
  public synchronized Instrumenter call() throws ReflectiveOperationException, IOException {
    if (instrumenter == null) {
      BootBridge bridge = BootBridge.define(instrumentation);
      Plans plans = new Plans();
      Instrumenter made = new Instrumenter(rules, supertypes, plans, report, ruleUse, opener);
      bridge.install(new Linker(plans, callSites.apply(bridge), report).handle());
      instrumenter = made;
    }
    return instrumenter;
  }
}
