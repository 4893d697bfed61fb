package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Implementations;
import io.github.rediscached.agent.call.MethodPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the instrumented methods, from the moment their class file is changed until their
 * call sites are linked. Keeps no class loader alive. Thread-safe.
 */
final class Plans implements Implementations {

  private final Map<ClassLoader, Map<String, MethodPlan>> byLoader = new WeakHashMap<>();
  private volatile int count;

  /**
   * Keeps the plan of a method; returns whether it had none.
   *
   * @param className binary name
   * @param method name and descriptor
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // By one at a time.
  synchronized boolean put(ClassLoader loader, String className, String method, MethodPlan plan) {
    Map<String, MethodPlan> plans = byLoader.get(loader);
    if (plans == null) {
      plans = new HashMap<>();
      byLoader.put(loader, plans);
    }
    if (plan.proxied() == null) {
      count++;
    }
    return plans.put(className + ' ' + method, plan) == null;
  }

  synchronized @Nullable MethodPlan get(ClassLoader loader, String className, String method) {
    Map<String, MethodPlan> plans = byLoader.get(loader);
    return plans == null ? null : plans.get(className + ' ' + method);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public List<Class<?>> of(String method, int parameters) {
    List<Class<?>> types = new ArrayList<>();
    for (Code code : codeOf(method, parameters)) {
      try {
        types.add(Class.forName(code.className(), false, code.loader()));
      } catch (ClassNotFoundException | LinkageError e) {
        // Its loader has refused it in the end.
      }
    }
    return types;
  }

  private record Code(ClassLoader loader, String className) {}

  private synchronized List<Code> codeOf(String method, int parameters) {
    List<Code> found = new ArrayList<>();
    for (Map.Entry<ClassLoader, Map<String, MethodPlan>> each : byLoader.entrySet()) {
      for (Map.Entry<String, MethodPlan> known : each.getValue().entrySet()) {
        MethodPlan plan = known.getValue();
        if (plan.proxied() == null
            && plan.methodName().equals(method)
            && plan.parameterCount() == parameters) {
          String name = known.getKey();
          found.add(new Code(each.getKey(), name.substring(0, name.indexOf(' '))));
        }
      }
    }
    return found;
  }
}
