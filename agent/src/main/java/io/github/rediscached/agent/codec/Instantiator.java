package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Makes objects without running a constructor of their class, as Java's own serialisation does;
 * they are initialised by {@link Object}'s constructor alone.
 */
final class Instantiator {

  private static final Object[] NO_ARGUMENTS = {};

  private final Constructor<?> constructor;

  private Instantiator(Constructor<?> constructor) {
    this.constructor = constructor;
  }

  /**
   * Prepares for a class.
   *
   * @throws Refusal if this JVM offers no way
   */
  static Instantiator of(Class<?> type, Opener opener) {
    try {
      return new Instantiator(serializationConstructor("sun.reflect.ReflectionFactory", type));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The module jdk.unsupported is not there.
    }
    try {
      Class<?> factory = Class.forName("jdk.internal.reflect.ReflectionFactory");
      opener.open(factory.getMethod("getReflectionFactory"), factory);
      return new Instantiator(serializationConstructor(factory.getName(), type));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw Refusal.of(
          type,
          "which can't be made without its constructors in a JVM without the module"
              + " jdk.unsupported",
          "Add that module.");
    }
  }

  private static Constructor<?> serializationConstructor(String factoryName, Class<?> type)
      throws ReflectiveOperationException {
    Class<?> factoryClass = Class.forName(factoryName);
    Object factory = factoryClass.getMethod("getReflectionFactory").invoke(null);
    Method make =
        factoryClass.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
    Object made = make.invoke(factory, type, Object.class.getDeclaredConstructor());
    Constructor<?> constructor = (Constructor<?>) made;
    constructor.setAccessible(true);
    return constructor;
  }

  Object instantiate() throws ReflectiveOperationException {
    try {
      return constructor.newInstance(NO_ARGUMENTS);
    } catch (InvocationTargetException e) {
      throw new InstantiationException(e.getMessage());
    }
  }
}
