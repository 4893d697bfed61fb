package io.github.rediscached.agent.call;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One object for each class loader, held weakly: it lives as long as something of that loader holds
 * it, so that the loader of an undeployed application can be collected. Thread-safe.
 */
final class PerLoader<T> {

  private final Map<ClassLoader, WeakReference<T>> values = new WeakHashMap<>();

  synchronized T get(ClassLoader loader, Supplier<T> factory) {
    @Nullable WeakReference<T> reference = values.get(loader);
    T value = reference == null ? null : reference.get();
    if (value == null) {
      value = factory.get();
      values.put(loader, new WeakReference<>(value));
    }
    return value;
  }
}
