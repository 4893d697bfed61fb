package io.github.rediscached.agent.key;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class with all its superclasses and interfaces. */
final class TypeHierarchy {

  private final Set<Class<?>> types = new LinkedHashSet<>();

  TypeHierarchy(Class<?> type) {
    add(type);
  }

  private void add(@Nullable Class<?> type) {
    if (type != null && types.add(type)) {
      add(type.getSuperclass());
      for (Class<?> each : type.getInterfaces()) {
        add(each);
      }
    }
  }

  Set<Class<?>> all() {
    return types;
  }

  /** The type of this name; null if it is not among them. */
  @Nullable Class<?> named(String name) {
    for (Class<?> type : types) {
      if (type.getName().equals(name)) {
        return type;
      }
    }
    return null;
  }
}
