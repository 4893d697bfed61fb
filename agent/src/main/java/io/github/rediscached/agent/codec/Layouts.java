package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.classfile.FieldFacts;
import io.github.rediscached.agent.type.Jdk;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.AbstractSequentialList;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The layout of a class: which of its fields are written, in which order, and the fingerprint of
 * that, which an entry carries with the class's name. A reader whose class has another fingerprint
 * treats the entry as a miss, like {@code serialVersionUID} in Java's serialisation, but computed
 * from the fields. Both come from this class, so that neither changes without the other. Never
 * initialises a class.
 */
final class Layouts {

  private Layouts() {}

  /**
   * The fields of which a value consists: those of the topmost class first, each class's by name,
   * so the order in the source does not matter. Leaves out static fields, what the byte code
   * enhancement of entities adds, and of the transient ones those that the object computes when it
   * is asked for them. The others would be missed: nothing gives them their value once more.
   */
  static List<Field> fieldsOf(Class<?> type) {
    // Exceptions are made to be serialised; and a class that writes itself rebuilds them.
    boolean asDeclared = Throwable.class.isAssignableFrom(type) || SerialHooks.writesItself(type);
    List<Field> fields = new ArrayList<>();
    for (Class<?> declaring : chainOf(type)) {
      fields.addAll(
          sorted(declaring, field -> asDeclared ? !isTransient(field) : isContent(field)));
    }
    return fields;
  }

  /** The fields that lead to what a value may hold, by whichever form it is written. */
  static List<Field> reachingFieldsOf(Class<?> declaring) {
    return SerialHooks.writesItself(declaring)
        ? sorted(declaring, field -> true)
        : sorted(declaring, field -> isContent(field));
  }

  /** The fields of this very class that Java's serialisation writes, by name. */
  static List<Field> serialFieldsOf(Class<?> declaring) {
    return sorted(declaring, field -> !isTransient(field));
  }

  private static boolean isTransient(Field field) {
    return Modifier.isTransient(field.getModifiers());
  }

  private static boolean isContent(Field field) {
    return !isTransient(field) || FieldFacts.role(field) != FieldFacts.Role.MEMO;
  }

  private static List<Field> sorted(Class<?> declaring, Predicate<Field> wanted) {
    List<Field> fields = new ArrayList<>();
    for (Field field : declaring.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())
          && !Enhancement.isAdded(field.getName())
          && wanted.test(field)) {
        fields.add(field);
      }
    }
    fields.sort(Comparator.comparing(Field::getName));
    return fields;
  }

  /** The class and those above it that have fields to be written, the topmost first. */
  private static List<Class<?>> chainOf(Class<?> type) {
    List<Class<?>> chain = new ArrayList<>();
    for (Class<?> c = type; c != null && !endsChain(c); c = c.getSuperclass()) {
      chain.add(c);
    }
    Collections.reverse(chain);
    return chain;
  }

  /** The fields of the JDK's exceptions are written like the application's. */
  private static boolean endsChain(Class<?> type) {
    return Jdk.owns(type) && (type == Throwable.class || !Throwable.class.isAssignableFrom(type));
  }

  /** The class of the JDK that an application's class extends at last. */
  static Class<?> baseOf(Class<?> type) {
    Class<?> base = type;
    while (!endsChain(base) && base.getSuperclass() != null) {
      base = base.getSuperclass();
    }
    return base;
  }

  /** Whether a class of the JDK has nothing of its own to be written, when one extends it. */
  static boolean isPlainBase(Class<?> base) {
    return base == Object.class
        || base == Record.class
        || base == Number.class
        || base == AbstractCollection.class
        || base == AbstractList.class
        || base == AbstractSequentialList.class
        || base == AbstractSet.class
        || base == AbstractQueue.class
        || base == AbstractMap.class;
  }

  /**
   * A fingerprint of what the bytes of a class's own values depend on, the same on every JVM for
   * the same class files.
   */
  static long of(Class<?> type) {
    Class<?> element = type;
    Fingerprint fingerprint = new Fingerprint();
    while (element.isArray()) {
      fingerprint.add("[");
      element = element.getComponentType();
    }
    fingerprint.add(element.getName());
    addEnclosing(fingerprint, element);
    for (Field constant : Constants.of(element)) {
      // Entries name them by their place.
      fingerprint.add(constant.getDeclaringClass().getName()).add(constant.getName());
    }
    if (element.isEnum()) {
      addConstants(fingerprint.add("enum"), element);
    } else if (element.isRecord()) {
      addComponents(fingerprint.add("record"), element);
    } else if (!element.isInterface() && !element.isPrimitive() && !Jdk.owns(element)) {
      addFields(fingerprint.add("class"), element);
    } else if (Throwable.class.isAssignableFrom(element)) {
      addFields(fingerprint.add("exception"), element);
    }
    return fingerprint.value();
  }

  /** The number in the name of a local class may be that of another one in the next version. */
  private static void addEnclosing(Fingerprint fingerprint, Class<?> type) {
    try {
      Method enclosing = type.getEnclosingMethod();
      if (enclosing != null) {
        fingerprint.add("in").add(enclosing.getName());
      }
    } catch (LinkageError | TypeNotPresentException e) {
      // The method names a class that is missing here.
      fingerprint.add("in").add("?");
    }
  }

  /** HotSpot and OpenJ9 list fields in the order of the class file; any other order is a miss. */
  private static void addConstants(Fingerprint fingerprint, Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (field.isEnumConstant()) {
        fingerprint.add(field.getName());
      }
    }
  }

  private static void addComponents(Fingerprint fingerprint, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      fingerprint.add(component.getName()).add(describe(component.getGenericType()));
    }
  }

  private static void addFields(Fingerprint fingerprint, Class<?> type) {
    fingerprint.add(baseOf(type).getName());
    if (SerialHooks.takesPart(type)) {
      // What its methods write may change with the library's version, without any field.
      String version = type.getPackage().getImplementationVersion();
      fingerprint.add("serial form").add(version == null ? "" : version);
    }
    for (Class<?> declaring : chainOf(type)) {
      fingerprint.add(declaring.getName());
    }
    for (Field field : fieldsOf(type)) {
      fingerprint
          .add(isTransient(field) ? "transient" : "")
          .add(field.getDeclaringClass().getName())
          .add(field.getName())
          .add(describe(field.getGenericType()));
    }
  }

  /** A type's text, spelt here because the JDK does not promise its own spelling. */
  static String describe(Type type) {
    StringBuilder text = new StringBuilder();
    describe(type, text);
    return text.toString();
  }

  private static void describe(Type type, StringBuilder text) {
    if (type instanceof Class<?> plain) {
      text.append(plain.getName());
    } else if (type instanceof ParameterizedType parameterized) {
      describe(parameterized.getRawType(), text);
      describe("<", parameterized.getActualTypeArguments(), text);
    } else if (type instanceof GenericArrayType array) {
      describe(array.getGenericComponentType(), text);
      text.append("[]");
    } else if (type instanceof WildcardType wildcard) {
      describe("?+", wildcard.getUpperBounds(), text);
      describe("?-", wildcard.getLowerBounds(), text);
    } else if (type instanceof TypeVariable<?> variable) {
      text.append('$').append(variable.getName());
    }
  }

  private static void describe(String open, Type[] types, StringBuilder text) {
    text.append(open);
    for (Type type : types) {
      describe(type, text);
      text.append(',');
    }
    text.append('>');
  }
}
