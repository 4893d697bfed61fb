package io.github.rediscached.agent.instrument;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The instrumenter, and with it the bridge and all that instrumented methods call: made when the
 * first class passes the first glance, as an application in which nothing matches should not pay
 * for it. Thread-safe.
 */
final class LazyInstrumenter implements Callable<Instrumenter> {

  private final Instrumentation instrumentation;
  private final List<MethodRule> rules;
  private final InheritableRequests supertypes;
  private final RuleUse ruleUse;
  private final MissedWrites missedWrites;
  private final Supplier<Wiring> wiring;
  private @Nullable Instrumenter instrumenter;

  LazyInstrumenter(
      Instrumentation instrumentation,
      List<MethodRule> rules,
      InheritableRequests supertypes,
      RuleUse ruleUse,
      MissedWrites missedWrites,
      Supplier<Wiring> wiring) {
    this.instrumentation = instrumentation;
    this.rules = rules;
    this.supertypes = supertypes;
    this.ruleUse = ruleUse;
    this.missedWrites = missedWrites;
    this.wiring = wiring;
  }

  /** The one instrumenter. If it can't be made, the next call tries again. */
  @Override
  public synchronized Instrumenter call() throws ReflectiveOperationException, IOException {
    if (instrumenter == null) {
      BootBridge bridge = BootBridge.define(instrumentation);
      Plans plans = new Plans();
      Wiring agent = wiring.get();
      Instrumenter made =
          new Instrumenter(
              rules, supertypes, plans, agent.report(), ruleUse, missedWrites, agent.opener());
      bridge.install(new Linker(plans, agent.callSites(bridge), agent.report()).handle());
      instrumenter = made;
    }
    return instrumenter;
  }
}
