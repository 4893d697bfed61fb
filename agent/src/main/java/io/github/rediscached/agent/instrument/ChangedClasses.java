package io.github.rediscached.agent.instrument;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes whose byte code the {@link CacheTransformer} has changed, by loader and name: they
 * have no {@code Class} yet when they are changed. {@link LoadedClasses} gives them their own code
 * back when the agent leaves. Keeps no class loader alive. Thread-safe.
 */
final class ChangedClasses {

  private final Map<ClassLoader, Set<String>> byLoader = new WeakHashMap<>();
  private final Set<String> ofJdk = new HashSet<>();

  /**
   * @param internalName with slashes
   */
  synchronized void add(@Nullable ClassLoader loader, String internalName) {
    names(loader).add(internalName.replace('/', '.'));
  }

  private Set<String> names(@Nullable ClassLoader loader) {
    if (loader == null) {
      return ofJdk;
    }
    Set<String> names = byLoader.get(loader);
    if (names == null) {
      names = new HashSet<>();
      byLoader.put(loader, names);
    }
    return names;
  }

  /** Whether it was changed. */
  synchronized boolean contain(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    Set<String> names = loader == null ? ofJdk : byLoader.get(loader);
    return names != null && names.contains(type.getName());
  }
}
