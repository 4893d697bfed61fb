package io.github.rediscached.agent.key;

import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Tells classes that write themselves when Java serialises them, such that what their fields say is
 * not all: Guava's multimaps have no field that is not transient.
 */
final class OwnSerialForm {

  private OwnSerialForm() {}

  /** Whether a class of the application keeps content in transient fields. */
  static boolean hidesContent(Supertypes supertypes) {
    boolean hasTransientField = false;
    boolean writesItself = false;
    for (Class<?> type : supertypes.all()) {
      if (!type.isInterface() && !Encodings.isOfJdk(type)) {
        hasTransientField |= hasTransientField(type);
        writesItself |= writesItself(type);
      }
    }
    return hasTransientField && writesItself;
  }

  /** Whether a class decides itself what of it is written. */
  static boolean writesItself(Class<?> type) {
    if (Externalizable.class.isAssignableFrom(type)) {
      return true;
    }
    for (Method method : type.getDeclaredMethods()) {
      String name = method.getName();
      if ((name.equals("writeObject") && method.getParameterCount() == 1)
          || (name.equals("writeReplace") && method.getParameterCount() == 0)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTransientField(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == Modifier.TRANSIENT) {
        return true;
      }
    }
    return false;
  }
}
