package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.http.HandlerMethods;
import io.github.rediscached.agent.http.HttpSites;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Links the call sites of instrumented methods to the plans that were made for them. */
final class Linker {

  private final Plans plans;
  private final CallSites callSites;
  private final @Nullable HttpSites httpSites;
  private final MethodReport report;

  /**
   * @param httpSites null if no responses are cached
   */
  Linker(Plans plans, CallSites callSites, @Nullable HttpSites httpSites, MethodReport report) {
    this.plans = plans;
    this.callSites = callSites;
    this.httpSites = httpSites;
    this.report = report;
  }

  /** As the bridge wants it. */
  MethodHandle handle() throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findVirtual(
            Linker.class,
            "link",
            MethodType.methodType(
                CallSite.class,
                MethodHandles.Lookup.class,
                String.class,
                MethodType.class,
                String.class))
        .bindTo(this);
  }

  /** Links a call site; called by the bridge, which lets the method run if this throws. */
  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private CallSite link(MethodHandles.Lookup caller, String name, MethodType type, String method)
      throws ReflectiveOperationException {
    Class<?> owner = caller.lookupClass();
    MethodPlan plan = plans.get(owner.getClassLoader(), owner.getName(), method);
    if (plan == null) {
      if (httpSites != null && HandlerMethods.isOne(method)) {
        return linkHandler(httpSites, caller, name, type, method);
      }
      throw new IllegalStateException(owner.getName() + '.' + method);
    }
    try {
      return callSites.bind(caller, name, type, plan, plans);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      report.rejected(plan.displayName(), Purpose.of(plan), reason(e));
      throw e;
    }
  }

  private CallSite linkHandler(
      HttpSites sites, MethodHandles.Lookup caller, String name, MethodType type, String method)
      throws ReflectiveOperationException {
    try {
      return sites.bind(caller, name, type, method);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      report.rejected(caller.lookupClass().getName() + ".service", Purpose.CACHE, reason(e), null);
      throw e;
    }
  }

  private static String reason(Throwable e) {
    if (e instanceof ClassNotFoundException) {
      return "its class loader finds no "
          + e.getMessage()
          + ", which `cached-exceptions` names. Correct the name.";
    }
    if (e instanceof NoClassDefFoundError
        && e.getCause() instanceof ClassNotFoundException missing) {
      return "its class has a method whose parameters or result need "
          + missing.getMessage()
          + ", which its class loader does not find. Add it to the class path, or move one of the"
          + " two methods to another class.";
    }
    return "its call could not be prepared: " + e + ". Please report this.";
  }
}
