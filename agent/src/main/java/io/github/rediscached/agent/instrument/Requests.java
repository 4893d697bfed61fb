package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.instrument.MethodRequest.Requested;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The {@link MethodRequest}s of the methods of one class, from its rules, its own and its inherited
 * annotations; {@link Instrumenter} makes one for each class. A rule of {@code caches} is stronger
 * than an annotation, so that an operator has the last word; those of {@code evictions} add to
 * annotations. The annotation of a class replaces inherited ones of its kind.
 */
final class Requests {

  private final List<MethodRule> rules;
  private final RuleUse ruleUse;
  private final ClassModel type;
  private final InheritableRequests.Inherited inherited;
  private final List<Integer> ownRules = new ArrayList<>();

  Requests(
      List<MethodRule> rules,
      RuleUse ruleUse,
      ClassModel type,
      InheritableRequests.Inherited inherited) {
    this.rules = rules;
    this.ruleUse = ruleUse;
    this.type = type;
    this.inherited = inherited;
    String name = type.binaryName();
    for (int i = 0; i < rules.size(); i++) {
      if (inherited.rules.contains(i) || rules.get(i).pattern().matchesClass(name)) {
        ownRules.add(i);
      }
    }
  }

  /** Null if nothing asks for the method. */
  @Nullable MethodRequest of(MethodModel method) {
    if (method.isBridge()) {
      return ofBridge(method);
    }
    MethodRule cached = null;
    boolean cacheRuleFound = false;
    List<Requested<EvictOptions>> evictions = new ArrayList<>();
    for (Integer index : ownRules) {
      MethodRule rule = rules.get(index);
      if ((cacheRuleFound && rule.cached() != null) || !isMeant(rule.pattern(), method)) {
        continue;
      }
      cacheRuleFound |= rule.cached() != null;
      if (method.isAbstract()
          && (rule.pattern().includesSubtypes() || type.is(Opcodes.ACC_INTERFACE))) {
        // It is for those that implement it, or for the interface's proxies.
        continue;
      }
      ruleUse.matched(index);
      if (rule.cached() != null) {
        cached = rule;
      } else if (rule.eviction() != null) {
        evictions.add(Requested.of(rule.eviction()).by(rule, method));
      }
    }
    // An abstract method's annotation is for those that implement it.
    MethodRequest annotated = method.isAbstract() ? MethodRequest.NONE : annotated(method);
    Requested<CacheOptions> ruled =
        cached == null ? null : ruled(cached, method, annotated, !evictions.isEmpty());
    MethodRequest all =
        (Forwarders.include(type, method) ? MethodRequest.NONE : annotated).with(ruled, evictions);
    return all.isEmpty() ? null : all;
  }

  /** A hit would leave out what else the method is to do. Only a rule that names it means that. */
  private static Requested<CacheOptions> ruled(
      MethodRule rule, MethodModel method, MethodRequest annotated, boolean evictsByRule) {
    String problem = null;
    if (!annotated.puts().isEmpty()) {
      problem = MethodRequest.ALWAYS_RUNS;
    } else if ((evictsByRule || !annotated.evictions().isEmpty())
        && annotated.cached() == null
        && !rule.pattern().namesMethod(method.name)) {
      problem =
          "it evicts, which a hit would leave out, and the rule for "
              + rule.pattern()
              + " does not name it. To have it cached as well, name it in a rule before that one.";
    }
    return Requested.of(Objects.requireNonNull(rule.cached()), problem).by(rule, method);
  }

  /** What annotations ask for, the method's own and inherited ones. */
  private MethodRequest annotated(MethodModel method) {
    MethodRequest own = MethodRequest.of(method);
    MethodRequest weaker = method.isInherited() ? inherited(method) : null;
    return weaker == null ? own : own.over(weaker);
  }

  private boolean isMeant(MethodPattern pattern, MethodModel method) {
    return !method.is(Opcodes.ACC_SYNTHETIC)
        && !method.name.startsWith("<")
        && pattern.matchesMethod(method.name, method.parameterTypes())
        && (pattern.namesMethod(method.name) || !UnmeantMethods.include(type, method));
  }

  private @Nullable MethodRequest inherited(MethodModel method) {
    MethodRequest direct = inherited.requests.get(method.id());
    if (direct != null) {
      return direct;
    }
    for (MethodModel bridge : type.methods()) {
      if (bridge.isBridge()
          && bridge.name.equals(method.name)
          && method.descriptor.equals(bridge.bridgeTarget)) {
        MethodRequest throughBridge = inherited.requests.get(bridge.id());
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
  private @Nullable MethodRequest ofBridge(MethodModel bridge) {
    if (!bridge.bridgesInherited
        || bridge.isAnnotated()
        || isOpen(bridge)
        || inherited.coded.contains(bridge.name + bridge.bridgeTarget)) {
      return null;
    }
    return inherited.requests.get(bridge.id());
  }

  /**
   * Whether it depends on superclasses that may not be known yet. A public class has such bridges
   * for the public methods of a superclass that is not public.
   */
  private boolean isOpen(MethodModel bridge) {
    return !inherited.complete
        && bridge.isBridge()
        && bridge.bridgesInherited
        && bridge.descriptor.equals(bridge.bridgeTarget);
  }

  /** Whether more can be said when the class is loaded, and so are its superclasses. */
  boolean areOpen() {
    for (MethodModel method : type.methods()) {
      if (isOpen(method) && inherited.requests.containsKey(method.id())) {
        return true;
      }
    }
    return !inherited.complete && !withForeignCode().isEmpty();
  }

  /** What subtypes inherit. */
  InheritableRequests.Passed passedOn() {
    Map<String, MethodRequest> requests = new HashMap<>(inherited.requests);
    Set<String> coded = new HashSet<>(inherited.coded);
    for (MethodModel method : type.methods()) {
      if (method.isAnnotated() && method.isInherited() && !method.isBridge()) {
        requests.put(method.id(), annotated(method));
      }
      if (!method.isAbstract() && requests.containsKey(method.id())) {
        coded.add(method.id());
      }
    }
    List<Integer> plusRules = new ArrayList<>();
    for (Integer rule : ownRules) {
      if (rules.get(rule).pattern().includesSubtypes()) {
        plusRules.add(rule);
      }
    }
    return new InheritableRequests.Passed(requests, coded, plusRules);
  }

  /**
   * The methods that supertypes ask for, but whose code the class has from a superclass that is not
   * asked for it.
   */
  Map<MethodModel, MethodRequest> withForeignCode() {
    Map<MethodModel, MethodRequest> methods = new HashMap<>();
    if (!type.is(Opcodes.ACC_ABSTRACT)) {
      for (Map.Entry<String, MethodRequest> request : inherited.requests.entrySet()) {
        String id = request.getKey();
        if (!inherited.coded.contains(id) && !declares(id)) {
          int descriptor = id.indexOf('(');
          methods.put(
              new MethodModel(0, id.substring(0, descriptor), id.substring(descriptor)),
              request.getValue());
        }
      }
    }
    return methods;
  }

  private boolean declares(String id) {
    for (MethodModel method : type.methods()) {
      if (method.id().equals(id)) {
        return true;
      }
    }
    return false;
  }
}
