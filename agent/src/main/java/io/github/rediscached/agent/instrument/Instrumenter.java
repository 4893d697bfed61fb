package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.plan.CacheOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * Changes one class of which the first glance said that it may concern us: decides which of its
 * methods are asked for, by whom, and whether that can be. A rule is stronger than an annotation,
 * so that an operator has the last word; an own annotation is stronger than an inherited one.
 * Thread-safe.
 */
final class Instrumenter {

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
   * @param inheritable whether the class is newly known to pass requests on to its subtypes
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Outcome(byte @Nullable [] bytes, boolean inheritable) {}

  Outcome instrument(ClassLoader loader, byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassModel type = ClassModel.read(reader);
    Supertypes.Inherited inherited = supertypes.of(loader, type.superName(), type.interfaces());
    List<Integer> ownRules = rulesFor(type, inherited);
    boolean inheritable = passOn(loader, type, inherited, ownRules);
    if (FrameworkProxies.contain(type)) {
      return new Outcome(null, inheritable);
    }
    Map<String, MethodModel> cached = new HashMap<>();
    for (MethodModel method : type.methods()) {
      Request request = method.isBridge() ? null : requestFor(type, method, inherited, ownRules);
      if (request != null && accept(loader, type, method, request)) {
        cached.put(method.id(), method);
      }
    }
    return new Outcome(
        cached.isEmpty() ? null : CallSiteWriter.write(reader, type, cached), inheritable);
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
    for (Integer rule : ownRules) {
      MethodRule candidate = rules.get(rule);
      if (!method.is(Opcodes.ACC_SYNTHETIC)
          && candidate.pattern().matchesMethod(method.name, method.parameterTypes())) {
        ruleUse.matched(rule);
        if (method.is(Opcodes.ACC_ABSTRACT) && candidate.pattern().includesSubtypes()) {
          return null;
        }
        return Request.of(candidate.options());
      }
    }
    if (method.annotation != null) {
      // An abstract method's annotation is for those that implement it.
      return method.is(Opcodes.ACC_ABSTRACT) ? null : Request.of(method, method.annotation);
    }
    if (method.is(Opcodes.ACC_ABSTRACT) || !method.isInherited()) {
      return null;
    }
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

  private boolean accept(ClassLoader loader, ClassModel type, MethodModel method, Request request) {
    String displayName =
        type.binaryName()
            + '.'
            + method.name
            + '('
            + String.join(",", method.parameterTypes())
            + ')';
    try {
      Eligibility.check(type, method);
      if (request.problem() != null) {
        throw new Rejection(request.problem());
      }
      plans.put(loader, type.binaryName(), method.id(), plan(type, method, request, displayName));
      report.instrumented(displayName);
      return true;
    } catch (Rejection | ExpressionException e) {
      report.rejected(displayName, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private MethodPlan plan(ClassModel type, MethodModel method, Request request, String displayName)
      throws ExpressionException {
    CacheOptions options = request.options();
    List<Integer> keyed = new ArrayList<>();
    for (int i = 0; i < method.parameters.length; i++) {
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
        !method.is(Opcodes.ACC_STATIC) && isValue(type),
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
