package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.http.HandlerMethods;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassTooLargeException;
import net.bytebuddy.jar.asm.MethodTooLargeException;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Changes a class that has passed the first glance; {@link CacheTransformer} calls it. It makes the
 * plans of the methods that annotations or rules name, or reports the reason why it can't, and
 * remembers the requests that subtypes inherit. It loads no class. Thread-safe.
 */
final class Instrumenter {

  /** HotSpot compiles no method with more bytes of code, unless it is told to. */
  private static final int COMPILED_BYTES = 8_000;

  private final List<MethodRule> rules;
  private final InheritableRequests supertypes;
  private final Plans plans;
  private final MethodReport report;
  private final RuleUse ruleUse;
  private final MissedWrites missedWrites;
  private final boolean cachesResponses;
  private final Planner planner;
  private final InterfaceMethods interfaceMethods = new InterfaceMethods();

  /**
   * @param cachesResponses whether methods that run handlers of requests are changed
   */
  Instrumenter(
      List<MethodRule> rules,
      InheritableRequests supertypes,
      Plans plans,
      MethodReport report,
      RuleUse ruleUse,
      MissedWrites missedWrites,
      Consumer<Class<?>> opener,
      boolean cachesResponses) {
    this.rules = rules;
    this.supertypes = supertypes;
    this.plans = plans;
    this.report = report;
    this.ruleUse = ruleUse;
    this.missedWrites = missedWrites;
    this.cachesResponses = cachesResponses;
    this.planner = new Planner(report, opener);
  }

  /**
   * The outcome for one class.
   *
   * @param bytes the changed class file, null if nothing is to be changed
   * @param lookFor internal names of the types whose implementors may be loaded without having
   *     inherited from them
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Instrumented(byte @Nullable [] bytes, Set<String> lookFor) {}

  /**
   * @param loaded the class if it is loaded already
   */
  Instrumented instrument(ClassLoader loader, @Nullable Class<?> loaded, byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassModel type = ClassModel.read(reader);
    if (JdkProxy.isOne(type)) {
      return new Instrumented(instrumentProxy(loader, loaded, classFile, type), Set.of());
    }
    InheritableRequests.Inherited inherited =
        loaded == null
            ? supertypes.of(loader, type.superName(), type.interfaces())
            : supertypes.of(loaded);
    if (FrameworkProxies.contain(type)) {
      return new Instrumented(null, Set.of());
    }
    Requests requests = new Requests(rules, ruleUse, type, inherited);
    Set<String> lookFor = new HashSet<>(inherited.elsewhere);
    if (!type.is(Opcodes.ACC_FINAL) && supertypes.add(loader, type.name(), requests.passedOn())) {
      lookFor.add(type.name());
    }
    if (requests.areOpen()) {
      addApplications(type.interfaces(), lookFor);
      addApplications(new @Nullable String[] {type.superName()}, lookFor);
    }
    if (loaded != null) {
      for (Map.Entry<MethodModel, MethodRequest> foreign : requests.withForeignCode().entrySet()) {
        report.rejected(
            type.displayNameOf(foreign.getKey()),
            Purpose.of(foreign.getValue()),
            "it has its code from a superclass for which nobody asked. Override it here, with a"
                + " call of super, or annotate it there.");
      }
    }
    if (type.is(Opcodes.ACC_INTERFACE)) {
      interfaceMethods.add(loader, type);
    }
    Map<MethodModel, MethodPlan> accepted = new LinkedHashMap<>();
    for (MethodModel method : type.methods()) {
      MethodRequest request = requests.of(method);
      MethodPlan plan = request == null ? null : planner.planOf(type, method, request);
      if (plan != null) {
        accepted.put(method, plan);
      }
    }
    MethodModel handler = cachesResponses ? handlerMethod(type, accepted) : null;
    byte[] changed = change(classFile, type, accepted, handler);
    if (handler != null && (changed != null || handler.changed)) {
      report.instrumented(type.displayNameOf(handler));
    }
    if (changed != null && changed.length > COMPILED_BYTES) {
      reportInterpreted(new CodeSizes(reader), new CodeSizes(new ClassReader(changed)), accepted);
    }
    keep(loader, loaded, type, accepted);
    for (MethodPlan plan : accepted.values()) {
      report.instrumented(plan.displayName());
    }
    return new Instrumented(changed, lookFor);
  }

  /**
   * The class of the JDK's own server that runs handlers, with call sites; null if it is another.
   */
  byte @Nullable [] instrumentChain(byte[] classFile) {
    ClassModel type = ClassModel.read(new ClassReader(classFile));
    for (MethodModel method : type.methods()) {
      if (HandlerMethods.isOfChain(method.name, method.descriptor) && !method.changed) {
        byte[] changed = change(classFile, type, new LinkedHashMap<>(), method);
        if (changed != null) {
          report.instrumented(type.displayNameOf(method));
        }
        return changed;
      }
    }
    return null;
  }

  /** The method by which a container runs handlers; null if there is none, or it has a plan. */
  private static @Nullable MethodModel handlerMethod(
      ClassModel type, Map<MethodModel, MethodPlan> accepted) {
    for (MethodModel method : type.methods()) {
      if (HandlerMethods.isService(method.name, method.descriptor)
          && !method.isStatic()
          && !method.isAbstract()
          && !accepted.containsKey(method)) {
        return CallSiteWriter.canChange(type) ? method : null;
      }
    }
    return null;
  }

  private void keep(
      ClassLoader loader,
      @Nullable Class<?> loaded,
      ClassModel type,
      Map<MethodModel, MethodPlan> accepted) {
    for (Map.Entry<MethodModel, MethodPlan> method : accepted.entrySet()) {
      boolean isNew = plans.put(loader, type.binaryName(), method.getKey().id(), method.getValue());
      if (isNew && loaded != null) {
        missedWrites.add(loaded, method.getValue());
      }
    }
  }

  /** The methods of a JDK proxy are those of its interfaces, whose requests they serve. */
  private byte @Nullable [] instrumentProxy(
      ClassLoader loader, @Nullable Class<?> loaded, byte[] classFile, ClassModel type) {
    Class<?>[] interfaces =
        loaded == null ? JdkProxy.interfaces(loader, type.interfaces()) : loaded.getInterfaces();
    Map<MethodModel, MethodPlan> accepted = new LinkedHashMap<>();
    for (Class<?> each : JdkProxy.nearest(interfaces)) {
      JdkProxy proxy = JdkProxy.of(type, each, interfaceMethods);
      Requests requests = new Requests(rules, ruleUse, proxy.standIn(), supertypes.ofProxied(each));
      for (MethodModel method : proxy.standIn().methods()) {
        MethodRequest request = requests.of(method);
        MethodPlan plan = request == null ? null : planner.planOf(proxy.standIn(), method, request);
        if (plan != null) {
          for (MethodModel code : proxy.codeOf(method)) {
            accepted.putIfAbsent(code, plan.proxying(each.getName()));
          }
        }
      }
    }
    byte[] changed = change(classFile, type, accepted, null);
    keep(loader, loaded, type, accepted);
    for (MethodPlan plan : accepted.values()) {
      if (!isImplemented(plan, interfaces)) {
        report.instrumented(plan.displayName());
      }
    }
    return changed;
  }

  /** Whether there is code of an implementor which is likely to serve in place of the proxy. */
  private boolean isImplemented(MethodPlan plan, Class<?>[] interfaces) {
    for (Class<?> implementor : plans.of(plan.methodName(), plan.parameterCount())) {
      for (Class<?> type : interfaces) {
        if (type.getName().equals(plan.proxied()) && type.isAssignableFrom(implementor)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Without the JDK's types: they pass nothing on, and nearly every class inherits from some. */
  private static void addApplications(@Nullable String[] supertypes, Set<String> lookFor) {
    for (String supertype : supertypes) {
      if (supertype != null && !supertype.startsWith("java/")) {
        lookFor.add(supertype);
      }
    }
  }

  /** Puts the call sites in, but takes out of the accepted methods those that have no room left. */
  private byte @Nullable [] change(
      byte[] classFile,
      ClassModel type,
      Map<MethodModel, MethodPlan> accepted,
      @Nullable MethodModel handler) {
    Map<String, MethodModel> unchanged = new HashMap<>();
    for (MethodModel method : accepted.keySet()) {
      if (!method.changed) {
        unchanged.put(method.id(), method);
      }
    }
    if (handler != null && !handler.changed) {
      unchanged.put(handler.id(), handler);
    }
    while (!unchanged.isEmpty()) {
      try {
        return CallSiteWriter.write(classFile, type, unchanged, handler);
      } catch (MethodTooLargeException e) {
        MethodModel method = unchanged.remove(e.getMethodName() + e.getDescriptor());
        MethodPlan plan = method == null ? null : accepted.remove(method);
        if (plan == null) {
          throw e;
        }
        report.rejected(
            plan.displayName(),
            Purpose.of(plan),
            "it is so large that the JVM allows no more code in it. Move a part of it to another"
                + " method.");
      } catch (ClassTooLargeException e) {
        for (MethodModel method : unchanged.values()) {
          MethodPlan plan = accepted.remove(method);
          if (plan != null) {
            report.rejected(
                plan.displayName(),
                Purpose.of(plan),
                "its class is so large that the JVM allows no more constants in it. Move the method"
                    + " to another class.");
          }
        }
        unchanged.clear();
      }
    }
    return null;
  }

  /** The call sites may make a method too large for the JVM's compilers. */
  private void reportInterpreted(
      CodeSizes before, CodeSizes after, Map<MethodModel, MethodPlan> accepted) {
    for (Map.Entry<MethodModel, MethodPlan> method : accepted.entrySet()) {
      String id = method.getKey().id();
      int size = after.of(id);
      if (size > COMPILED_BYTES && before.of(id) <= COMPILED_BYTES) {
        report.interpreted(method.getValue().displayName(), size, COMPILED_BYTES);
      }
    }
  }
}
