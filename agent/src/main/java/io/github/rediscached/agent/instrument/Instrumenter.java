package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;

/**
 * Changes one class of which the first glance said that it may concern us: decides which of its
 * methods are asked for, by whom, and whether that can be. A rule is stronger than an annotation,
 * so that an operator has the last word; an own annotation is stronger than an inherited one.
 * Thread-safe.
 */
final class Instrumenter {

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of(
          "equals(Ljava/lang/Object;)Z",
          "hashCode()I",
          "toString()Ljava/lang/String;",
          "clone()Ljava/lang/Object;",
          "finalize()V");

  private final List<MethodRule> rules;
  private final Supertypes supertypes;
  private final Plans plans;
  private final MethodReport report;
  private final RuleUse ruleUse;
  private final Consumer<Class<?>> opener;

  Instrumenter(
      List<MethodRule> rules,
      Supertypes supertypes,
      Plans plans,
      MethodReport report,
      RuleUse ruleUse,
      Consumer<Class<?>> opener) {
    this.rules = rules;
    this.supertypes = supertypes;
    this.plans = plans;
    this.report = report;
    this.ruleUse = ruleUse;
    this.opener = opener;
  }

  /**
   * What came of a class.
   *
   * @param bytes the changed class file, null if nothing is to be changed
   * @param lookFor internal names of the types whose implementors may be loaded without having
   *     inherited from them
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Outcome(byte @Nullable [] bytes, Set<String> lookFor) {}

  /**
   * @param loaded the class if it is loaded already
   */
  Outcome instrument(ClassLoader loader, @Nullable Class<?> loaded, byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassModel type = ClassModel.read(reader);
    Supertypes.Inherited inherited =
        loaded == null
            ? supertypes.of(loader, type.superName(), type.interfaces())
            : supertypes.of(loaded);
    List<Integer> ownRules = rulesFor(type, inherited);
    Set<String> lookFor = new HashSet<>(inherited.elsewhere);
    if (passOn(loader, type, inherited, ownRules)) {
      lookFor.add(type.name());
    }
    if (FrameworkProxies.contain(type)) {
      return new Outcome(null, lookFor);
    }
    Map<MethodModel, MethodPlan> accepted = new LinkedHashMap<>();
    for (MethodModel method : type.methods()) {
      Request request = requestFor(type, method, inherited, ownRules);
      MethodPlan plan = request == null ? null : planOf(type, method, request);
      if (plan != null) {
        accepted.put(method, plan);
      }
    }
    byte[] changed = change(reader, type, accepted);
    for (Map.Entry<MethodModel, MethodPlan> method : accepted.entrySet()) {
      plans.put(loader, type.binaryName(), method.getKey().id(), method.getValue());
      report.instrumented(method.getValue().displayName());
    }
    return new Outcome(changed, lookFor);
  }

  /** Puts the call sites in, but takes out of the accepted methods those that have no room left. */
  private byte @Nullable [] change(
      ClassReader reader, ClassModel type, Map<MethodModel, MethodPlan> accepted) {
    Map<String, MethodModel> unchanged = new HashMap<>();
    for (MethodModel method : accepted.keySet()) {
      if (!method.changed) {
        unchanged.put(method.id(), method);
      }
    }
    while (!unchanged.isEmpty()) {
      try {
        return CallSiteWriter.write(reader, type, unchanged);
      } catch (MethodTooLargeException e) {
        MethodModel method = unchanged.remove(e.getMethodName() + e.getDescriptor());
        MethodPlan plan = method == null ? null : accepted.remove(method);
        if (plan == null) {
          throw e;
        }
        report.rejected(
            plan.displayName(),
            "it is so large that the JVM allows no more code in it. Move a part of it to another"
                + " method.");
      } catch (ClassTooLargeException e) {
        for (MethodModel method : unchanged.values()) {
          report.rejected(
              displayName(type, method),
              "its class is so large that the JVM allows no more constants in it. Move the method to"
                  + " another class.");
          accepted.remove(method);
        }
        unchanged.clear();
      }
    }
    return null;
  }

  private List<Integer> rulesFor(ClassModel type, Supertypes.Inherited inherited) {
    List<Integer> matching = new ArrayList<>();
    String name = type.binaryName();
    for (int i = 0; i < rules.size(); i++) {
      if (inherited.rules.contains(i) || rules.get(i).pattern().matchesClass(name)) {
        matching.add(i);
      }
    }
    return matching;
  }

  /** Remembers what subtypes of this type will inherit. */
  private boolean passOn(
      ClassLoader loader, ClassModel type, Supertypes.Inherited inherited, List<Integer> ownRules) {
    Map<String, Request> requests = new HashMap<>(inherited.requests);
    for (MethodModel method : type.methods()) {
      if (method.annotation != null && method.isInherited() && !method.isBridge()) {
        requests.put(method.id(), Request.of(method, method.annotation));
      }
    }
    List<Integer> plusRules = new ArrayList<>();
    for (Integer rule : ownRules) {
      if (rules.get(rule).pattern().includesSubtypes()) {
        plusRules.add(rule);
      }
    }
    if ((requests.isEmpty() && plusRules.isEmpty()) || type.is(Opcodes.ACC_FINAL)) {
      return false;
    }
    return supertypes.add(loader, type.name(), requests, plusRules);
  }

  private @Nullable Request requestFor(
      ClassModel type, MethodModel method, Supertypes.Inherited inherited, List<Integer> ownRules) {
    if (method.isBridge()) {
      return requestForBridge(method, inherited);
    }
    for (Integer rule : ownRules) {
      MethodPattern pattern = rules.get(rule).pattern();
      if (isMeant(pattern, type, method)) {
        ruleUse.matched(rule);
        if (method.is(Opcodes.ACC_ABSTRACT) && pattern.includesSubtypes()) {
          return null;
        }
        return Request.of(rules.get(rule).options());
      }
    }
    if (method.is(Opcodes.ACC_ABSTRACT) || Forwarders.include(type, method)) {
      // An abstract method's annotation is for those that implement it.
      return null;
    }
    if (method.annotation != null) {
      return Request.of(method, method.annotation);
    }
    return method.isInherited() ? inheritedRequest(type, method, inherited) : null;
  }

  private static boolean isMeant(MethodPattern pattern, ClassModel type, MethodModel method) {
    if (method.is(Opcodes.ACC_SYNTHETIC)
        || !pattern.matchesMethod(method.name, method.parameterTypes())) {
      return false;
    }
    if (method.name.startsWith("<")) {
      return method.name.equals("<init>") && pattern.matchesClass(type.binaryName());
    }
    // All objects of a class would be taken for one.
    return !OF_EVERY_OBJECT.contains(method.id()) || pattern.namesMethod(method.name);
  }

  private static @Nullable Request inheritedRequest(
      ClassModel type, MethodModel method, Supertypes.Inherited inherited) {
    Request direct = inherited.requests.get(method.id());
    if (direct != null) {
      return direct;
    }
    for (MethodModel bridge : type.methods()) {
      if (bridge.isBridge()
          && bridge.name.equals(method.name)
          && method.descriptor.equals(bridge.bridgeTarget)) {
        Request throughBridge = inherited.requests.get(bridge.id());
        if (throughBridge != null) {
          return throughBridge;
        }
      }
    }
    return null;
  }

  /**
   * A bridge is not cached, since the method behind it is; unless that one is inherited from a
   * class that knows nothing of the request.
   */
  private static @Nullable Request requestForBridge(
      MethodModel bridge, Supertypes.Inherited inherited) {
    if (!bridge.bridgesInherited
        || bridge.annotation != null
        || inherited.requests.containsKey(bridge.name + bridge.bridgeTarget)) {
      return null;
    }
    return inherited.requests.get(bridge.id());
  }

  private @Nullable MethodPlan planOf(ClassModel type, MethodModel method, Request request) {
    String displayName = displayName(type, method);
    try {
      Eligibility.check(type, method);
      if (request.problem() != null) {
        throw new Rejection(request.problem());
      }
      return plan(type, method, request, displayName);
    } catch (Rejection | ExpressionException e) {
      report.rejected(displayName, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static String displayName(ClassModel type, MethodModel method) {
    return type.binaryName()
        + '.'
        + method.name
        + '('
        + String.join(",", method.parameterTypes())
        + ')';
  }

  private MethodPlan plan(ClassModel type, MethodModel method, Request request, String displayName)
      throws ExpressionException {
    CacheOptions options = request.options();
    List<Integer> keyed = new ArrayList<>();
    for (int i = Forwarders.receivers(type, method); i < method.parameters.length; i++) {
      if (!request.keyIgnored().get(i) && !method.keyIgnored.get(i)) {
        keyed.add(i);
      }
    }
    return new MethodPlan(
        method.name,
        method.descriptor,
        displayName,
        options,
        keyed,
        !method.isStatic() && isValue(type),
        parse("key", options.key(), method, false),
        parse("condition", options.condition(), method, false),
        parse("unless", options.unless(), method, true));
  }

  private @Nullable Expression parse(
      String setting, @Nullable String text, MethodModel method, boolean resultKnown)
      throws ExpressionException {
    return text == null
        ? null
        : Expression.parse(setting, text, method.names(), resultKnown, opener);
  }

  private static boolean isValue(ClassModel type) {
    return "java/lang/Record".equals(type.superName()) || type.is(Opcodes.ACC_ENUM);
  }
}
