package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The allow list of one method: an entry may name the classes that the method's declarations lead
 * to ({@link Reachable}), their subtypes with what these lead to, and the classes that this JVM has
 * itself written for the method. Any other class is refused before it is initialised, and where its
 * name suffices before it is loaded. Asked by {@link EntryClasses}; thread-safe.
 */
final class ClassRegistry {

  /** So many classes that are not there, and names of such a length, are looked for. */
  private static final int MAX_MISSING = 1_000;

  private static final int MAX_NAME = 1_000;

  /** Deeper ones are read where they were written: the JVM keeps each class of arrays. */
  private static final int MAX_DIMENSIONS = 8;

  private final ValueCodec codec;
  private final Reachable reachable;
  private final long layout;
  private final Map<ClassName, KnownClass> allowed = new ConcurrentHashMap<>();
  private final Map<String, Class<?>> written = new ConcurrentHashMap<>();
  private final Set<Class<?>> grown = ConcurrentHashMap.newKeySet();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Set<String> literals = ConcurrentHashMap.newKeySet();
  private final Set<Class<?>> substituted = ConcurrentHashMap.newKeySet();

  ClassRegistry(ValueCodec codec, Type declaredType, List<Class<?>> cachedExceptions) {
    this.codec = codec;
    List<Type> roots = new ArrayList<>(cachedExceptions);
    roots.add(declaredType);
    this.reachable = Reachable.from(roots);
    this.layout =
        new Fingerprint()
            .add(BuiltIns.layout())
            .add(Layouts.describe(declaredType))
            .add(Reachable.from(List.of(declaredType)).layout())
            .value();
  }

  long layout() {
    return layout;
  }

  /** Allows a class that this JVM has written. */
  void learn(KnownClass known) {
    if (!allowed.containsKey(known.name)) {
      allowed.put(known.name, known);
      written.put(known.type.getName(), known.type);
    }
  }

  /** Allows a class that was written as a value. */
  void learnLiteral(Class<?> type) {
    literals.add(type.getName());
  }

  /**
   * A class whose objects name others to be written in their place may be read, and so may these.
   *
   * @param declaring the class that declares {@code writeReplace}
   */
  void allowSubstitutesOf(Class<?> declaring) {
    substituted.add(declaring);
  }

  private boolean isSubstitute(Class<?> type) {
    for (Class<?> declaring : substituted) {
      if (SubstituteSerializer.isSubstitute(declaring, type)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Finds the class that an entry names.
   *
   * @param name may change after this call
   * @throws Unreadable if it is not allowed, not there, or has another layout here
   */
  KnownClass resolve(ClassName name) {
    KnownClass known = allowed.get(name);
    return known != null ? known : load(name);
  }

  private KnownClass load(ClassName name) {
    String text = name.text();
    KnownClass known;
    try {
      known = codec.known(typeOf(text));
    } catch (Refusal e) {
      throw Unreadable.forbidden(e.describe(text));
    }
    if (known.builtInIndex >= 0 || !known.type.getName().equals(text)) {
      throw Unreadable.forbidden(text + " is never written under its own name.");
    }
    if (known.name.layout != name.layout) {
      throw Unreadable.foreign(text + " has another layout here than where the value was written.");
    }
    growBy(known.type);
    allowed.put(known.name, known);
    return known;
  }

  /** What a subtype of what was declared is made of may be read as well. */
  private void growBy(Class<?> type) {
    if (!Throwable.class.isAssignableFrom(type)
        && (reachable.includesBaseOf(type) || isSubstitute(type))) {
      reachable.growBy(type);
    }
  }

  /** The classes that were written have not come through {@link #load}. Each is done once. */
  private void growByWritten() {
    for (Class<?> type : written.values()) {
      if (grown.add(type)) {
        growBy(type);
      }
    }
  }

  private Class<?> typeOf(String name) {
    if (!name.startsWith("[") || written.containsKey(name)) {
      return instantiable(name);
    }
    int dimensions = name.lastIndexOf('[') + 1;
    Class<?> type = elementOf(name, dimensions);
    for (int i = 0; i < dimensions; i++) {
      type = type.arrayType();
    }
    return type;
  }

  private Class<?> elementOf(String arrayName, int dimensions) {
    if (dimensions > MAX_DIMENSIONS) {
      throw Unreadable.corrupt("An array has too many dimensions.");
    }
    String descriptor = arrayName.substring(dimensions);
    if (descriptor.startsWith("L") && descriptor.endsWith(";")) {
      return referable(descriptor.substring(1, descriptor.length() - 1));
    }
    Class<?> primitive = BuiltIns.primitiveOf(descriptor);
    if (primitive == null) {
      throw Unreadable.corrupt("An array has no element type.");
    }
    return primitive;
  }

  /** The class of an object. */
  private Class<?> instantiable(String name) {
    if (codec.options().isAllowed(name)) {
      return loadUninitialised(name);
    }
    Class<?> met = met(name);
    if (met == null) {
      growByWritten();
      met = met(name);
    }
    if (met != null) {
      return met;
    }
    if (Jdk.mayOwn(name) && !reachable.hasThrowables()) {
      throw Unreadable.forbidden(name + " can't be part of this method's results.");
    }
    Class<?> loaded = loadUninitialised(name);
    if (Throwable.class.isAssignableFrom(loaded)
        ? reachable.hasThrowables()
        : reachable.includesBaseOf(loaded)
            || isSubstitute(loaded)
            || LibraryCollections.isOne(loaded)
            || isCompanion(loaded)) {
      return loaded;
    }
    throw Unreadable.forbidden(name + " can't be part of this method's results.");
  }

  private boolean isCompanion(Class<?> type) {
    for (Class<?> met : reachable.classes().values()) {
      if (LibraryCollections.areCompanions(met, type)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Class<?> met(String name) {
    Class<?> met = reachable.classes().get(name);
    return met != null ? met : written.get(name);
  }

  /** A class of which there need not be an object: an array's element type. */
  private Class<?> referable(String name) {
    Class<?> builtIn = BuiltIns.referable(name);
    return builtIn != null ? builtIn : instantiable(name);
  }

  /**
   * Finds a class that is itself a value.
   *
   * @throws Unreadable if it is not allowed or not there
   */
  Class<?> literal(String name) {
    if (name.startsWith("[")) {
      return typeOf(name);
    }
    Class<?> primitive = BuiltIns.primitiveNamed(name);
    if (primitive != null) {
      return primitive;
    }
    return literals.contains(name) ? loadUninitialised(name) : referable(name);
  }

  /** A class loader keeps the names of all classes that it was asked for in vain. */
  private Class<?> loadUninitialised(String name) {
    if (name.length() <= MAX_NAME && (missing.contains(name) || missing.size() < MAX_MISSING)) {
      try {
        return Class.forName(name, false, codec.loader);
      } catch (ClassNotFoundException | LinkageError e) {
        missing.add(name);
      }
    }
    throw Unreadable.foreign(name + " is not there.");
  }
}
