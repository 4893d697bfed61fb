package io.github.rediscached.agent.expression;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the member that SpEL reads as a property, by the declared type of the object. SpEL itself
 * looks at the object's own class: first for {@code getX()}, then for {@code isX()}, {@code x()}
 * and a public field. A subclass may add a getter, so only {@code getX()} is certain for a type
 * that may have subclasses. {@link ArgumentPath} calls it, and leaves the rest to SpEL.
 */
final class Property {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Property() {}

  /** {@code (type) → property}; null if SpEL has to look at each object. */
  static @Nullable MethodHandle readerOf(Class<?> type, String name, Consumer<Class<?>> opener) {
    // Where the object is a class, SpEL reads the static properties of that class.
    if (type.isPrimitive() || type.isArray() || type.isAssignableFrom(Class.class)) {
      return null;
    }
    try {
      Member member = member(type, name);
      return member == null || Modifier.isStatic(member.getModifiers())
          ? null
          : reader(type, member, opener);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Not accessible, or a class in the signature of another method is missing.
      return null;
    }
  }

  private static @Nullable Member member(Class<?> type, String name) {
    Method[] methods = type.getMethods();
    boolean mayDiffer = !Modifier.isFinal(type.getModifiers());
    String suffix = suffix(name);
    Method getter = only(methods, "get" + suffix);
    if (getter != null || mayDiffer) {
      return getter;
    }
    if (!suffix.equals(capitalized(name)) || count(methods, "get" + suffix) > 0) {
      return null;
    }
    Method is = only(methods, "is" + suffix);
    if (is != null
        && (is.getReturnType() == boolean.class || is.getReturnType() == Boolean.class)) {
      return is;
    }
    if (count(methods, "is" + suffix) > 0) {
      return null;
    }
    Method accessor = only(methods, name);
    if (accessor != null || count(methods, name) > 0) {
      return accessor;
    }
    Field field = null;
    for (Field each : type.getFields()) {
      if (each.getName().equals(name)) {
        if (field != null) {
          return null;
        }
        field = each;
      }
    }
    return field;
  }

  /** The name that SpEL tries first after {@code get}. */
  private static String suffix(String name) {
    return name.length() > 1 && Character.isUpperCase(name.charAt(1)) ? name : capitalized(name);
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The only method without parameters, not counting bridges; null if there is none or several. */
  private static @Nullable Method only(Method[] methods, String name) {
    Method found = null;
    for (Method method : methods) {
      if (isGetter(method, name) && !method.isBridge()) {
        if (found != null) {
          return null;
        }
        found = method;
      }
    }
    return found == null || found.getReturnType() == void.class ? null : found;
  }

  private static int count(Method[] methods, String name) {
    int count = 0;
    for (Method method : methods) {
      count += isGetter(method, name) ? 1 : 0;
    }
    return count;
  }

  private static boolean isGetter(Method method, String name) {
    return method.getParameterCount() == 0 && method.getName().equals(name);
  }

  private static MethodHandle reader(Class<?> type, Member member, Consumer<Class<?>> opener)
      throws IllegalAccessException {
    if (type.getClassLoader() != null
        && type.getClassLoader() != ClassLoader.getPlatformClassLoader()) {
      opener.accept(type);
      opener.accept(member.getDeclaringClass());
      boolean ignored = ((AccessibleObject) member).trySetAccessible();
    }
    MethodHandle reader =
        member instanceof Method method
            ? LOOKUP.unreflect(method)
            : LOOKUP.unreflectGetter((Field) member);
    return reader.asType(reader.type().changeParameterType(0, type));
  }
}
