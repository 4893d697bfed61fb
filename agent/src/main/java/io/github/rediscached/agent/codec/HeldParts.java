package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the application that a cached method can reach: its own object, and the objects in
 * the fields of that and in the static fields of its class. A value that holds one of these very
 * objects reaches into the application, so {@link ValueKryo} refuses it. Belongs to one {@link
 * ValueFormat}; holds all objects weakly; thread-safe.
 */
final class HeldParts {

  /** The parts that one object of the class can reach. */
  private record Held(WeakReference<Object> owner, List<WeakReference<Object>> parts) {}

  private static final List<WeakReference<Object>> NONE = List.of();

  private final Class<?> declaring;
  private final ApplicationParts application;
  private final Opener opener;
  private volatile @Nullable Held last;

  /**
   * @param declaring the class that declares the cached method
   */
  HeldParts(Class<?> declaring, ApplicationParts application, Opener opener) {
    this.declaring = declaring;
    this.application = application;
    this.opener = opener;
  }

  /**
   * What the method has at hand. Looked for once for each object in turn: mostly there is one.
   *
   * @param target the object that it was called on; null for static methods
   */
  List<WeakReference<Object>> of(@Nullable Object target) {
    Object owner = target == null ? declaring : target;
    Held held = last;
    if (held == null || held.owner.get() != owner) {
      held = new Held(new WeakReference<>(owner), look(target));
      last = held;
    }
    return held.parts;
  }

  private List<WeakReference<Object>> look(@Nullable Object target) {
    List<WeakReference<Object>> parts = new ArrayList<>();
    try {
      add(declaring, null, parts);
      if (target != null && !target.getClass().isRecord() && !(target instanceof Enum<?>)) {
        parts.add(new WeakReference<>(target));
        for (Class<?> c = target.getClass(); c != null && !Jdk.owns(c); c = c.getSuperclass()) {
          add(c, target, parts);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // What can't be looked at is not found; the other rules still hold.
    }
    return parts.isEmpty() ? NONE : parts;
  }

  private void add(Class<?> type, @Nullable Object target, List<WeakReference<Object>> parts)
      throws ReflectiveOperationException {
    for (Field field : type.getDeclaredFields()) {
      boolean isStatic = Modifier.isStatic(field.getModifiers());
      if (isStatic == (target == null)
          && !field.getType().isPrimitive()
          && !isConstant(field, type)) {
        Object part = opener.open(field, type).get(target);
        if (part != null && application.isHeldPart(part.getClass())) {
          parts.add(new WeakReference<>(part));
        }
      }
    }
  }

  /** A constant of the class itself comes back as itself, see {@link Constants}. */
  private static boolean isConstant(Field field, Class<?> type) {
    return Modifier.isStatic(field.getModifiers()) && field.getType().isAssignableFrom(type);
  }
}
