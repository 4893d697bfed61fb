package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The static collections in which a class without {@code equals} keeps instances (interning). The
 * application compares these by {@code ==}, so a copy would be another value and the instance is
 * refused. Thread-safe.
 */
final class Pools implements CheckedSerializer.Check {

  /** In a larger one an instance is not searched any more. */
  private static final int MAX_INSTANCES = 10_000;

  private final List<Field> pools;

  private Pools(List<Field> pools) {
    this.pools = pools;
  }

  /** Those of a class; null if it has none, or an {@code equals}. */
  static @Nullable Pools of(Class<?> type, Opener opener) {
    if (Comparison.hasOwnEquals(type)) {
      return null;
    }
    List<Field> pools = new ArrayList<>();
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers()) && mayHold(field.getType(), type)) {
          pools.add(opener.open(field, c));
        }
      }
    }
    return pools.isEmpty() ? null : new Pools(pools);
  }

  private static boolean mayHold(Class<?> container, Class<?> type) {
    return Map.class.isAssignableFrom(container)
        || Collection.class.isAssignableFrom(container)
        || (container.isArray() && container.getComponentType().isAssignableFrom(type));
  }

  /** Refuses an instance that is kept. */
  @Override
  public void accept(Opener opener, Object value) {
    for (Field pool : pools) {
      if (isIn(pool, value)) {
        throw Refusal.of(
            value.getClass(),
            "which its class keeps in " + pool.getName() + " and compares by ==",
            "Return what names it, or list the class in the setting `values.data` if any equal"
                + " object will do.");
      }
    }
  }

  private static boolean isIn(Field pool, Object value) {
    try {
      Object instances = pool.get(null);
      if (instances instanceof Map<?, ?> map) {
        return map.size() <= MAX_INSTANCES && holds(map.values(), value);
      }
      if (instances instanceof Object[] array) {
        return array.length <= MAX_INSTANCES && holds(Arrays.asList(array), value);
      }
      return instances instanceof Collection<?> collection
          && collection.size() <= MAX_INSTANCES
          && holds(collection, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      // Another thread changes it, or it is a collection of the application that throws.
      return false;
    }
  }

  private static boolean holds(Collection<?> instances, Object value) {
    for (Object instance : instances) {
      if (instance == value
          || (instance instanceof Reference<?> reference && reference.get() == value)) {
        return true;
      }
    }
    return false;
  }
}
