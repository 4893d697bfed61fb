package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the instrumented methods, from the moment their class file is changed until their
 * call sites are linked. Keeps no class loader alive. Thread-safe.
 */
final class Plans {

  private final Map<ClassLoader, Map<String, MethodPlan>> byLoader = new WeakHashMap<>();

  /**
   * Keeps the plan of a method; returns whether it had none.
   *
   * @param className binary name
   * @param method name and descriptor
   */
  synchronized boolean put(ClassLoader loader, String className, String method, MethodPlan plan) {
    Map<String, MethodPlan> plans = byLoader.get(loader);
    if (plans == null) {
      plans = new HashMap<>();
      byLoader.put(loader, plans);
    }
    return plans.put(className + ' ' + method, plan) == null;
  }

  synchronized @Nullable MethodPlan get(ClassLoader loader, String className, String method) {
    Map<String, MethodPlan> plans = byLoader.get(loader);
    return plans == null ? null : plans.get(className + ' ' + method);
  }
}
