package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.call.MethodPlan.CachePlan;
import io.github.rediscached.agent.call.MethodPlan.EvictPlan;
import io.github.rediscached.agent.call.MethodPlan.PutPlan;
import io.github.rediscached.agent.expression.Expression;
import io.github.rediscached.agent.expression.ExpressionException;
import io.github.rediscached.agent.expression.Template;
import io.github.rediscached.agent.instrument.MethodRequest.Requested;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.PutOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a method that is asked for, as far as that is possible, and reports what is
 * not: a method that can't be cached may still evict. Thread-safe.
 */
final class Planner {

  private final MethodReport report;
  private final Consumer<Class<?>> opener;

  /**
   * @param opener opens the package of a class to the agent
   */
  Planner(MethodReport report, Consumer<Class<?>> opener) {
    this.report = report;
    this.opener = opener;
  }

  /** Null if nothing of what is asked for is possible. */
  @Nullable MethodPlan planOf(ClassModel type, MethodModel method, MethodRequest request) {
    String displayName = type.displayNameOf(method);
    CachePlan cached = null;
    List<EvictPlan> evictions = new ArrayList<>();
    List<PutPlan> puts = new ArrayList<>();
    if (request.cached() != null) {
      try {
        Eligibility.checkCached(type, method);
        if (!request.puts().isEmpty()) {
          throw new Eligibility.Rejection(MethodRequest.ALWAYS_RUNS);
        }
        cached = cached(method, request.cached().get());
      } catch (Eligibility.Rejection | ExpressionException e) {
        report.rejected(
            displayName,
            Purpose.CACHE,
            String.valueOf(e.getMessage()),
            request.cached().wildcard());
      }
    }
    for (Requested<EvictOptions> asked : request.evictions()) {
      try {
        Eligibility.checkEvicting(type, method);
        evictions.add(eviction(method, asked.get()));
      } catch (Eligibility.Rejection | ExpressionException e) {
        report.rejected(
            displayName, Purpose.EVICT, String.valueOf(e.getMessage()), asked.wildcard());
      }
    }
    for (Requested<PutOptions> asked : request.puts()) {
      try {
        Eligibility.checkPut(type, method);
        puts.add(put(method, asked.get()));
      } catch (Eligibility.Rejection | ExpressionException e) {
        report.rejected(displayName, Purpose.PUT, String.valueOf(e.getMessage()), asked.wildcard());
      }
    }
    return cached == null && evictions.isEmpty() && puts.isEmpty()
        ? null
        : new MethodPlan(
            method.name,
            method.descriptor,
            displayName,
            keyed(type, method, request),
            !method.isStatic() && mayBeValue(type),
            cached,
            List.copyOf(evictions),
            List.copyOf(puts),
            null);
  }

  private static List<Integer> keyed(ClassModel type, MethodModel method, MethodRequest request) {
    List<Integer> keyed = new ArrayList<>();
    for (int i = Forwarders.receivers(type, method); i < method.parameters.length; i++) {
      if (!request.keyIgnored().get(i) && !method.keyIgnored.get(i)) {
        keyed.add(i);
      }
    }
    return keyed;
  }

  /** Records and enums may implement an interface, whose default methods are theirs then. */
  private static boolean mayBeValue(ClassModel type) {
    return "java/lang/Record".equals(type.superName())
        || type.is(Opcodes.ACC_ENUM)
        || type.is(Opcodes.ACC_INTERFACE);
  }

  private CachePlan cached(MethodModel method, CacheOptions options) throws ExpressionException {
    return new CachePlan(
        options,
        expression("key", options.key(), method, false),
        expression("condition", options.condition(), method, false),
        expression("unless", options.unless(), method, true),
        tags(options.tags(), method, true));
  }

  private EvictPlan eviction(MethodModel method, EvictOptions options) throws ExpressionException {
    boolean resultKnown = options.resultKnown();
    String pattern = options.keyPattern();
    return new EvictPlan(
        options,
        expression("key", options.key(), method, resultKnown),
        expression("condition", options.condition(), method, resultKnown),
        tags(options.tags(), method, resultKnown),
        pattern == null
            ? null
            : Template.parseKeyPattern(
                "key-pattern", pattern, method.names(), resultKnown, opener));
  }

  private PutPlan put(MethodModel method, PutOptions options) throws ExpressionException {
    return new PutPlan(
        options,
        expression("key", options.key(), method, true),
        expression("condition", options.condition(), method, true),
        expression("unless", options.unless(), method, true),
        tags(options.tags(), method, true));
  }

  private @Nullable Expression expression(
      String setting, @Nullable String text, MethodModel method, boolean resultKnown)
      throws ExpressionException {
    return text == null
        ? null
        : Expression.parse(setting, text, method.names(), resultKnown, opener);
  }

  private List<Template> tags(List<String> texts, MethodModel method, boolean resultKnown)
      throws ExpressionException {
    List<Template> tags = new ArrayList<>();
    for (String text : texts) {
      tags.add(Template.parse("tags", text, method.names(), resultKnown, opener));
    }
    return List.copyOf(tags);
  }
}
