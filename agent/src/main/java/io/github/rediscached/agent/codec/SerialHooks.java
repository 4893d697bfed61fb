package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The methods by which a class takes part in Java's serialisation, as the Java Object Serialization
 * Specification names them (<a
 * href="https://docs.oracle.com/en/java/javase/17/docs/specs/serialization/">chapters 2 and 3</a>).
 * What they say of a class holds for any serialisation: which other object stands for it, and what
 * its transient fields are made of. Immutable.
 *
 * @param writeReplace gives the object to write instead
 * @param readResolve gives the object to use instead of the one that was read
 * @param isExternalizable whether it writes and reads all of itself
 * @param writesItself whether a class in the chain has transient fields and writes or reads itself,
 *     so that its fields alone are not all there is to it
 */
record SerialHooks(
    @Nullable Method writeReplace,
    @Nullable Method readResolve,
    boolean isExternalizable,
    boolean writesItself) {

  static final SerialHooks NONE = new SerialHooks(null, null, false, false);

  /** Those of a class of the application; {@link #NONE} if it is not serialisable. */
  static SerialHooks of(Class<?> type, Opener opener) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return NONE;
    }
    return new SerialHooks(
        opened(replacing(type, "writeReplace"), opener),
        opened(replacing(type, "readResolve"), opener),
        Externalizable.class.isAssignableFrom(type),
        writesItself(type));
  }

  /** Whether objects of a class become others when they have been read. */
  static boolean resolves(Class<?> type) {
    return replacing(type, "readResolve") != null;
  }

  /** Whether a class has any of the methods. */
  static boolean takesPart(Class<?> type) {
    return Serializable.class.isAssignableFrom(type)
        && (replacing(type, "writeReplace") != null
            || Externalizable.class.isAssignableFrom(type)
            || resolves(type)
            || writesItself(type));
  }

  /** Reading hooks do not matter where no field is transient: they have nothing to rebuild then. */
  static boolean writesItself(Class<?> type) {
    if (!Serializable.class.isAssignableFrom(type)) {
      return false;
    }
    boolean hasTransient = false;
    boolean hasHook = false;
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        hasTransient |=
            Modifier.isTransient(field.getModifiers()) && !Modifier.isStatic(field.getModifiers());
      }
      hasHook |=
          declared(c, "writeObject", ObjectOutputStream.class) != null
              || declared(c, "readObject", ObjectInputStream.class) != null;
    }
    return hasTransient && hasHook;
  }

  /** The class's own private method with one of Java's streams as its parameter, or null. */
  static @Nullable Method declared(Class<?> type, String name, Class<?> stream) {
    Method method = OneMethod.declared(type, name, void.class, stream);
    return method != null
            && Modifier.isPrivate(method.getModifiers())
            && !Modifier.isStatic(method.getModifiers())
        ? method
        : null;
  }

  private static @Nullable Method opened(@Nullable Method method, Opener opener) {
    return method == null ? null : opener.open(method, method.getDeclaringClass());
  }

  /** A method that may be inherited, as far as the class could call it. */
  private static @Nullable Method replacing(Class<?> type, String name) {
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      Method method = replacingIn(c, name);
      if (method != null) {
        return isInherited(method, type) ? method : null;
      }
    }
    return null;
  }

  private static @Nullable Method replacingIn(Class<?> type, String name) {
    Method method = OneMethod.declared(type, name, Object.class);
    return method != null && !Modifier.isStatic(method.getModifiers()) ? method : null;
  }

  private static boolean isInherited(Method method, Class<?> by) {
    int modifiers = method.getModifiers();
    Class<?> declaring = method.getDeclaringClass();
    if (Modifier.isAbstract(modifiers)) {
      return false;
    }
    if (Modifier.isPrivate(modifiers)) {
      return declaring == by;
    }
    return Modifier.isPublic(modifiers)
        || Modifier.isProtected(modifiers)
        || (declaring.getClassLoader() == by.getClassLoader()
            && declaring.getPackageName().equals(by.getPackageName()));
  }
}
