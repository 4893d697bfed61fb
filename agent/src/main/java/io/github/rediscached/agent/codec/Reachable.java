package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes that the results of a method can consist of, by declarations: type arguments,
 * superclasses, fields, permitted subclasses, and so on from each of them. Fields of the JDK's
 * classes are not followed. Classes are loaded and never initialised. A subtype in an entry is
 * followed in the same way ({@link #growBy}), so values of another JVM are readable before this one
 * has written any. Used by {@link ClassRegistry}; thread-safe once walked.
 */
final class Reachable {

  /** Beyond this many classes declarations lead nowhere useful, such as into a framework. */
  private static final int MAX_CLASSES = 1000;

  private final Map<String, Class<?>> classes = new ConcurrentHashMap<>();
  private final Set<Type> seen = new HashSet<>();
  private final Deque<Type> waiting = new ArrayDeque<>();
  private boolean declaresThrowables;
  private boolean throwables;

  static Reachable from(Iterable<? extends Type> types) {
    Reachable reachable = new Reachable();
    for (Type type : types) {
      reachable.visitLater(type);
    }
    reachable.walk();
    reachable.throwables = reachable.declaresThrowables;
    return reachable;
  }

  /**
   * Goes on from a class that was allowed as a subtype. Whether exceptions are allowed stays as
   * declared, since those need no base.
   */
  synchronized void growBy(Class<?> subtype) {
    if (classes.get(subtype.getName()) != subtype) {
      visitLater(subtype);
      walk();
    }
  }

  /** The classes that were met, by name. */
  Map<String, Class<?>> classes() {
    return classes;
  }

  /** Whether an exception, and so any cause of it, can be in a value. */
  boolean hasThrowables() {
    return throwables;
  }

  /** Whether a class extends or implements an application's type that was met. */
  boolean includesBaseOf(Class<?> type) {
    for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
      if (classes.get(c.getName()) == c || includesInterfaceOf(c)) {
        return true;
      }
    }
    return false;
  }

  private boolean includesInterfaceOf(Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      if (!Jdk.owns(implemented)
          && (classes.get(implemented.getName()) == implemented
              || includesInterfaceOf(implemented))) {
        return true;
      }
    }
    return false;
  }

  /** A fingerprint of the layouts of all application classes that were met. */
  long layout() {
    Map<String, Class<?>> sorted = new TreeMap<>(classes);
    Fingerprint fingerprint = new Fingerprint();
    for (Map.Entry<String, Class<?>> entry : sorted.entrySet()) {
      if (!Jdk.owns(entry.getValue())) {
        fingerprint.add(entry.getKey()).add(layoutOrMinusOne(entry.getValue()));
      }
    }
    return fingerprint.value();
  }

  /** A class that names a missing one has no layout; a value that holds it can't be written. */
  private static long layoutOrMinusOne(Class<?> type) {
    try {
      return Layouts.of(type);
    } catch (LinkageError | RuntimeException e) {
      return -1;
    }
  }

  private void walk() {
    while (!waiting.isEmpty() && classes.size() < MAX_CLASSES) {
      try {
        visit(waiting.removeFirst());
      } catch (LinkageError | RuntimeException e) {
        // Names a class that is missing here. What else there is in it stays unknown: at worst a
        // miss.
      }
    }
    waiting.clear();
    seen.clear();
  }

  private void visitLater(Type type) {
    if (seen.add(type)) {
      waiting.add(type);
    }
  }

  private void visit(Type type) {
    if (type instanceof Class<?> plain) {
      visitClass(plain);
    } else if (type instanceof ParameterizedType parameterized) {
      visitLater(parameterized.getRawType());
      visitAllLater(parameterized.getActualTypeArguments());
    } else if (type instanceof GenericArrayType array) {
      visitLater(array.getGenericComponentType());
    } else if (type instanceof WildcardType wildcard) {
      visitAllLater(wildcard.getUpperBounds());
      visitAllLater(wildcard.getLowerBounds());
    } else if (type instanceof TypeVariable<?> variable) {
      visitAllLater(variable.getBounds());
    }
  }

  private void visitAllLater(Type[] types) {
    for (Type type : types) {
      visitLater(type);
    }
  }

  private void visitClass(Class<?> type) {
    if (type.isArray()) {
      visitLater(type.getComponentType());
      return;
    }
    if (Throwable.class.isAssignableFrom(type)) {
      declaresThrowables = true;
    }
    if (classes.put(type.getName(), type) == type || Jdk.owns(type)) {
      return;
    }
    Type superclass = type.getGenericSuperclass();
    if (superclass != null) {
      visitLater(superclass);
    }
    if (type.getSuperclass() != null) {
      visitLater(type.getSuperclass());
    }
    visitAllLater(type.getGenericInterfaces());
    if (type.isSealed()) {
      visitAllLater(type.getPermittedSubclasses());
    }
    if (!type.isInterface()) {
      for (Field field : Layouts.reachingFieldsOf(type)) {
        visitLater(field.getGenericType());
      }
    }
  }
}
