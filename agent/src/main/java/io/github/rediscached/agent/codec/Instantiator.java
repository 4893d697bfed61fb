package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects without running a constructor of their class, as Java's own serialisation does;
 * they are initialised by a constructor of a class above, mostly {@link Object}'s.
 */
final class Instantiator {

  private static final Object[] NO_ARGUMENTS = {};

  private final Constructor<?> constructor;

  private Instantiator(Constructor<?> constructor) {
    this.constructor = constructor;
  }

  /**
   * Prepares for a class, with {@link Object}'s constructor.
   *
   * @throws Refusal if this JVM offers no way
   */
  static Instantiator of(Class<?> type, Opener opener) {
    return of(type, null, opener);
  }

  /**
   * Prepares for a class.
   *
   * @param initialiser the constructor to run, of the class or one above; null for {@link Object}'s
   * @throws Refusal if this JVM offers no way
   */
  static Instantiator of(Class<?> type, @Nullable Constructor<?> initialiser, Opener opener) {
    if (initialiser != null && initialiser.getDeclaringClass() == type) {
      return new Instantiator(opener.open(initialiser, type));
    }
    try {
      return new Instantiator(
          serializationConstructor("sun.reflect.ReflectionFactory", type, initialiser));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The module jdk.unsupported is not there.
    }
    try {
      Class<?> factory = Class.forName("jdk.internal.reflect.ReflectionFactory");
      opener.open(factory.getMethod("getReflectionFactory"), factory);
      return new Instantiator(serializationConstructor(factory.getName(), type, initialiser));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw Refusal.of(
          type,
          "which can't be made without its constructors in a JVM without the module"
              + " jdk.unsupported",
          "Add that module.");
    }
  }

  private static Constructor<?> serializationConstructor(
      String factoryName, Class<?> type, @Nullable Constructor<?> initialiser)
      throws ReflectiveOperationException {
    Class<?> factoryClass = Class.forName(factoryName);
    Object factory = factoryClass.getMethod("getReflectionFactory").invoke(null);
    Method make =
        factoryClass.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
    Object made =
        make.invoke(
            factory,
            type,
            initialiser == null ? Object.class.getDeclaredConstructor() : initialiser);
    Constructor<?> constructor = (Constructor<?>) made;
    constructor.setAccessible(true);
    return constructor;
  }

  /**
   * Makes an object.
   *
   * @param arguments of the constructor that initialises it
   */
  Object instantiate(@Nullable Object... arguments) throws ReflectiveOperationException {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new InstantiationException(e.getMessage());
    }
  }

  /** Makes an object with a constructor without arguments. */
  Object instantiate() throws ReflectiveOperationException {
    return instantiate(NO_ARGUMENTS);
  }
}
