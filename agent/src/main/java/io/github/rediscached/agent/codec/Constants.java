package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The constants of a class: instances that static final fields of its own type hold, as in enums
 * from before Java 5, Kotlin's and Scala's objects, and many libraries. They are searched in the
 * class, its superclasses, and for an anonymous class in the class around it. Asked by {@link
 * Serializers} and {@link Layouts}; never initialises a class.
 */
final class Constants {

  private Constants() {}

  /**
   * The fields that may hold an instance of a class, in an order that is the same on every JVM.
   * Initialises no class.
   */
  static List<Field> of(Class<?> type) {
    List<Field> constants = new ArrayList<>();
    if (!Jdk.owns(type) && !type.isInterface() && !type.isArray() && !type.isEnum()) {
      for (Class<?> owner : ownersFor(type)) {
        addConstants(owner, type, constants);
      }
    }
    return constants;
  }

  private static Set<Class<?>> ownersFor(Class<?> type) {
    Set<Class<?>> owners = new LinkedHashSet<>();
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      owners.add(c);
    }
    Class<?> around = enclosingOf(type);
    if (around != null && !Jdk.owns(around)) {
      owners.add(around);
    }
    return owners;
  }

  /** The code of that class made the instance, so it is initialised already where one exists. */
  private static @Nullable Class<?> enclosingOf(Class<?> type) {
    try {
      return type.isAnonymousClass() ? type.getEnclosingClass() : null;
    } catch (LinkageError e) {
      return null;
    }
  }

  private static void addConstants(Class<?> owner, Class<?> type, List<Field> constants) {
    List<Field> own = new ArrayList<>();
    for (Field field : owner.getDeclaredFields()) {
      int modifiers = field.getModifiers();
      if (Modifier.isStatic(modifiers)
          && Modifier.isFinal(modifiers)
          && !Jdk.owns(field.getType())
          && field.getType().isAssignableFrom(type)
          && field.getType() != Object.class) {
        own.add(field);
      }
    }
    own.sort(Comparator.comparing(Field::getName));
    constants.addAll(own);
  }
}
