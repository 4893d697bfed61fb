package io.github.rediscached.agent.key;

import io.github.rediscached.agent.classfile.FieldFacts;
import io.github.rediscached.agent.classfile.FieldFacts.Role;
import io.github.rediscached.agent.type.Jdk;
import java.io.Externalizable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Recognises classes that write themselves when Java serialises them. Their transient fields may be
 * content or not, and only their code tells which. {@link Encodings} and {@link KeyFields} ask.
 */
final class OwnSerialForm {

  private OwnSerialForm() {}

  /** Whether such a class has transient fields of which no class file tells the role. */
  static boolean hidesContent(TypeHierarchy hierarchy) {
    boolean hasUnknownField = false;
    boolean writesItself = false;
    for (Class<?> type : hierarchy.all()) {
      if (!type.isInterface() && !Jdk.owns(type)) {
        hasUnknownField |= hasUnknownTransientField(type);
        writesItself |= writesItself(type);
      }
    }
    return hasUnknownField && writesItself;
  }

  /** Whether a class decides by its own code which of its state is written. */
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

  private static boolean hasUnknownTransientField(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == Modifier.TRANSIENT
          && FieldFacts.role(field) == Role.UNKNOWN) {
        return true;
      }
    }
    return false;
  }
}
