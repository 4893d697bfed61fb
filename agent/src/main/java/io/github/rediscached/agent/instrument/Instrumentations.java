package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Consumer;

/** Puts the agent between the application and its methods. Start here to read this package. */
public final class Instrumentations {

  private final Plans plans;
  private final CallSites callSites;
  private final MethodReport report;

  private Instrumentations(Plans plans, CallSites callSites, MethodReport report) {
    this.plans = plans;
    this.callSites = callSites;
    this.report = report;
  }

  /**
   * From now on every class is looked at, the loaded ones included.
   *
   * @param jdkClassLoaded told the internal names of the JDK's classes as they are loaded
   */
  public static void start(
      Instrumentation instrumentation,
      BootBridge bridge,
      List<MethodRule> rules,
      CallSites callSites,
      MethodReport report,
      Consumer<Class<?>> opener,
      Consumer<String> jdkClassLoaded,
      AgentLog log)
      throws ReflectiveOperationException {
    Plans plans = new Plans();
    MethodHandle link =
        MethodHandles.lookup()
            .findVirtual(
                Instrumentations.class,
                "link",
                MethodType.methodType(
                    CallSite.class,
                    MethodHandles.Lookup.class,
                    String.class,
                    MethodType.class,
                    String.class))
            .bindTo(new Instrumentations(plans, callSites, report));
    bridge.install(link);
    Supertypes supertypes = new Supertypes(rules);
    LoadedClasses loaded = new LoadedClasses(instrumentation, log);
    CacheTransformer transformer =
        new CacheTransformer(
            rules,
            supertypes,
            new Instrumenter(rules, supertypes, plans, report, new RuleUse(rules.size()), opener),
            jdkClassLoaded,
            new Consumer<String>() {
              @Override
              public void accept(String name) {
                loaded.lookForImplementors(name);
              }
            },
            log);
    instrumentation.addTransformer(transformer, true);
    loaded.retransformPresent(transformer);
  }

  /** Links a call site; called by the bridge, which lets the method run if this throws. */
  CallSite link(MethodHandles.Lookup caller, String name, MethodType type, String method)
      throws ReflectiveOperationException {
    Class<?> owner = caller.lookupClass();
    MethodPlan plan = plans.get(owner.getClassLoader(), owner.getName(), method);
    if (plan == null) {
      throw new IllegalStateException(owner.getName() + '.' + method);
    }
    try {
      return callSites.bind(owner, name, type, plan);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (ClassNotFoundException e) {
      report.rejected(
          plan.displayName(),
          "`cachedExceptions` names "
              + e.getMessage()
              + ", which its class loader does not find. Correct the name.");
      throw e;
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      report.rejected(
          plan.displayName(), "it could not be prepared: " + e + ". Please report this.");
      throw e;
    }
  }
}
