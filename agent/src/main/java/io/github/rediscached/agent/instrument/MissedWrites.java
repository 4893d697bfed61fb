package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import io.github.rediscached.agent.call.MethodPlan.EvictPlan;
import io.github.rediscached.agent.call.MethodPlan.PutPlan;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;

/**
 * Invalidates the caches of methods that ran before they evicted. The first implementor of an
 * annotated type may be used before that type is seen, and any class before the agent is attached.
 * Their entries are unknown, so the whole cache is invalidated: when the class has been changed,
 * and once more for calls that were running then. A class that is not initialised has changed
 * nothing. {@link LoadedClasses} calls it. It never waits for Redis. Thread-safe.
 */
final class MissedWrites {

  private static final String ALL_CACHES = "";

  private final Consumer<Class<?>> opener;
  private final AgentRuntime runtime;

  /** Weak, for classes that another agent sends through the transformer. */
  private final Map<Class<?>, Set<String>> changed = new WeakHashMap<>();

  private final Set<String> mayStillRun = new HashSet<>();

  MissedWrites(Consumer<Class<?>> opener, AgentRuntime runtime) {
    this.opener = opener;
    this.runtime = runtime;
  }

  /** A loaded class is being changed such that this method evicts or puts from now on. */
  synchronized void add(Class<?> type, MethodPlan plan) {
    if (plan.evictions().isEmpty() && plan.puts().isEmpty()) {
      return;
    }
    Set<String> caches = changed.get(type);
    if (caches == null) {
      caches = new HashSet<>();
      changed.put(type, caches);
    }
    for (EvictPlan eviction : plan.evictions()) {
      String cache = eviction.options().cache();
      boolean ofCache = cache != null && eviction.tags().isEmpty() && eviction.keyPattern() == null;
      caches.add(ofCache ? cache : ALL_CACHES);
    }
    for (PutPlan put : plan.puts()) {
      caches.add(put.options().cache());
    }
  }

  /** The classes have been changed. */
  void invalidate() {
    invalidate(ofUsedClasses());
  }

  private synchronized Set<String> ofUsedClasses() {
    Set<String> caches = new HashSet<>();
    for (Map.Entry<Class<?>, Set<String>> each : changed.entrySet()) {
      if (mayBeUsed(each.getKey())) {
        caches.addAll(each.getValue());
      }
    }
    changed.clear();
    mayStillRun.addAll(caches);
    return caches;
  }

  /** Methods that ran when their class was changed are over by now. */
  void invalidateAgain() {
    Set<String> caches;
    synchronized (this) {
      caches = new HashSet<>(mayStillRun);
      mayStillRun.clear();
    }
    invalidate(caches);
  }

  private void invalidate(Set<String> caches) {
    for (String cache : caches) {
      runtime.invalidateLater(cache.equals(ALL_CACHES) ? null : cache);
    }
  }

  /** The methods of a class are not called before it is initialised. */
  private boolean mayBeUsed(Class<?> type) {
    try {
      Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe", false, null);
      opener.accept(unsafe);
      Method shouldBeInitialized = unsafe.getMethod("shouldBeInitialized", Class.class);
      Object instance = unsafe.getMethod("getUnsafe").invoke(null);
      return !Boolean.TRUE.equals(shouldBeInitialized.invoke(instance, type));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Another JVM, which has no such class.
      return true;
    }
  }
}
