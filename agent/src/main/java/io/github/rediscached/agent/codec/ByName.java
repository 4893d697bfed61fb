package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Types and methods of the application's libraries, which are known by their names alone. */
final class ByName {

  private ByName() {}

  /** One of the JDK's classes that can't be named in the source; null if this JDK has none. */
  static @Nullable Class<?> present(String name) {
    try {
      return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** A class within {@link java.util.Collections}; null if this JDK has none. */
  static @Nullable Class<?> nested(String name) {
    return present("java.util.Collections$" + name);
  }

  /** Whether a class is or extends a class. */
  static boolean extendsClass(Class<?> type, String className) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getName().equals(className)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a class implements, or an interface extends, an interface. */
  static boolean isA(Class<?> type, String interfaceName) {
    return interfaceOf(type, interfaceName) != null;
  }

  /** The interface of that name that a class implements or an interface extends, or null. */
  static @Nullable Class<?> interfaceOf(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> implemented : c.getInterfaces()) {
        Class<?> found =
            implemented.getName().equals(name) ? implemented : interfaceOf(implemented, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /**
   * Calls a public method of an object.
   *
   * @param remedy of the refusal
   * @throws Refusal if there is none, or it fails
   */
  static @Nullable Object call(Object object, String name, String remedy) {
    Method method = methodOf(object, name);
    if (method == null) {
      throw Refusal.of(object.getClass(), "which has no method " + name, remedy);
    }
    try {
      method.trySetAccessible();
      return method.invoke(object);
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(object.getClass(), "whose method " + name + " failed", remedy);
    }
  }

  /** Whether a public method of an object returns true. */
  static boolean isTrue(Object object, String name, String remedy) {
    return Boolean.TRUE.equals(call(object, name, remedy));
  }

  static @Nullable Method methodOf(Object object, String name) {
    try {
      return object.getClass().getMethod(name);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
