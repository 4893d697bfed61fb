package io.github.rediscached.agent.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Finds one method of a class. Reflection resolves all methods of the class for that. It fails
 * where another method names a missing class, as in many classes of libraries with optional
 * dependencies; then the JVM's method handles tell whether this one exists.
 */
final class OneMethod {

  private OneMethod() {}

  /**
   * The class's own method, or null if there is none.
   *
   * @throws LinkageError if there is one and reflection can't give it
   */
  static @Nullable Method declared(
      Class<?> type, String name, Class<?> returned, Class<?>... parameters) {
    try {
      Method method = type.getDeclaredMethod(name, parameters);
      return method.getReturnType() == returned ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    } catch (LinkageError e) {
      if (isDeclared(type, name, MethodType.methodType(returned, parameters))) {
        throw e;
      }
      return null;
    }
  }

  /** The JVM resolves this very method. */
  private static boolean isDeclared(Class<?> type, String name, MethodType signature) {
    MethodHandles.Lookup lookup;
    try {
      lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      return true;
    }
    try {
      MethodHandle found = lookup.findVirtual(type, name, signature);
      return lookup.revealDirect(found).getDeclaringClass() == type;
    } catch (NoSuchMethodException | IllegalAccessException e) {
      // One that can't be called from within the class is static, or a superclass's private one.
      return false;
    } catch (LinkageError e) {
      return true;
    }
  }
}
