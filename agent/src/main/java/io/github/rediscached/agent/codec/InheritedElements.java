package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The elements that a class of the application inherits the keeping of from a collection or map of
 * the JDK, which is asked past all that the class overrides.
 */
final class InheritedElements {

  private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
  private static final MethodType ADD = GET.appendParameterTypes(Object.class);
  private static final MethodType PUT = ADD.appendParameterTypes(Object.class);

  /** How the JDK's class is begun: by what its constructor is given. */
  private enum Begin {
    EMPTY,
    WITH_COMPARATOR,
    WITH_ACCESS_ORDER
  }

  private final boolean isMap;
  private final boolean isKeyed;
  private final Begin begin;
  private final Instantiator instantiator;

  /** Of a collection its iterator, of a map its entries. */
  private final MethodHandle elements;

  private final MethodHandle add;

  private InheritedElements(
      boolean isMap,
      boolean isKeyed,
      Begin begin,
      Instantiator instantiator,
      MethodHandle elements,
      MethodHandle add) {
    this.isMap = isMap;
    this.isKeyed = isKeyed;
    this.begin = begin;
    this.instantiator = instantiator;
    this.elements = elements;
    this.add = add;
  }

  /**
   * Prepares for a class.
   *
   * @param base the class of the JDK that it extends
   * @return null if that is no collection or map with a serializer of its own
   * @throws Refusal if its methods can't be had
   */
  static @Nullable InheritedElements of(Class<?> type, Class<?> base, Opener opener) {
    KnownClass known = BuiltIns.of(base);
    if (known == null
        || known.type != base
        || base == java.util.Properties.class
        || !(known.serializer instanceof CollectionSerializer
            || known.serializer instanceof MapSerializer)) {
      return null;
    }
    boolean isMap = Map.class.isAssignableFrom(base);
    Begin begin = beginOf(base);
    try {
      Class<?> caller = topmost(type);
      opener.openPackage(caller);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(caller, MethodHandles.lookup());
      MethodHandle elements =
          isMap
              ? special(lookup, base, "entrySet", MethodType.methodType(Set.class))
              : special(lookup, base, "iterator", MethodType.methodType(Iterator.class));
      return new InheritedElements(
          isMap,
          isMap || Set.class.isAssignableFrom(base) || base == PriorityQueue.class,
          begin,
          Instantiator.of(type, constructorOf(base, begin), opener),
          elements.asType(GET),
          isMap
              ? special(lookup, base, "put", PUT.dropParameterTypes(0, 1)).asType(PUT)
              : adding(lookup, base).asType(ADD));
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(
          type, "which can't be read past its own methods", "Return a collection of the JDK.");
    }
  }

  private static Begin beginOf(Class<?> base) {
    if (SortedMap.class.isAssignableFrom(base)
        || SortedSet.class.isAssignableFrom(base)
        || base == PriorityQueue.class) {
      return Begin.WITH_COMPARATOR;
    }
    return base == LinkedHashMap.class ? Begin.WITH_ACCESS_ORDER : Begin.EMPTY;
  }

  private static Constructor<?> constructorOf(Class<?> base, Begin begin)
      throws NoSuchMethodException {
    return switch (begin) {
      case EMPTY -> base.getConstructor();
      case WITH_COMPARATOR -> base.getConstructor(Comparator.class);
      case WITH_ACCESS_ORDER -> base.getConstructor(int.class, float.class, boolean.class);
    };
  }

  /** The class of the application right above which the JDK's begin. */
  private static Class<?> topmost(Class<?> type) {
    Class<?> topmost = type;
    while (topmost.getSuperclass() != null && !Jdk.owns(topmost.getSuperclass())) {
      topmost = topmost.getSuperclass();
    }
    return topmost;
  }

  /** What the JDK's class adds with, without calling another method that could be overridden. */
  private static MethodHandle adding(MethodHandles.Lookup lookup, Class<?> base)
      throws ReflectiveOperationException {
    MethodType returningNothing = MethodType.methodType(void.class, Object.class);
    MethodType returningBoolean = MethodType.methodType(boolean.class, Object.class);
    if (java.util.Vector.class.isAssignableFrom(base)) {
      return special(lookup, base, "addElement", returningNothing);
    }
    if (base == ArrayDeque.class) {
      return special(lookup, base, "addLast", returningNothing);
    }
    String name =
        Queue.class.isAssignableFrom(base) && !List.class.isAssignableFrom(base) ? "offer" : "add";
    return special(lookup, base, name, returningBoolean);
  }

  private static MethodHandle special(
      MethodHandles.Lookup lookup, Class<?> base, String name, MethodType type)
      throws ReflectiveOperationException {
    return lookup.findSpecial(base, name, type, lookup.lookupClass());
  }

  /** Whether they are hashed or compared when they are added. */
  boolean isKeyed() {
    return isKeyed;
  }

  /** Whether their order is not told by them, nor by the collection. */
  boolean isHashed() {
    return isKeyed && begin == Begin.EMPTY;
  }

  /** How many of what {@link #of} gives belong together. */
  int stride() {
    return isMap ? 2 : 1;
  }

  /** Writes by what the elements are in order. */
  void writeOrder(GraphWriter writer, Object value) {
    switch (begin) {
      case EMPTY -> {}
      case WITH_COMPARATOR -> writer.write(comparatorOf(value), ".comparator()");
      case WITH_ACCESS_ORDER ->
          writer.out.writeBoolean(MapSerializer.keepsAccessOrder(writer.opener(), value));
    }
  }

  private static @Nullable Comparator<?> comparatorOf(Object value) {
    if (value instanceof SortedMap<?, ?> map) {
      return map.comparator();
    }
    return value instanceof SortedSet<?> set
        ? set.comparator()
        : ((PriorityQueue<?>) value).comparator();
  }

  /** Makes an empty one, in the order that was written. */
  Object create(GraphReader reader) {
    try {
      return switch (begin) {
        case EMPTY -> instantiator.instantiate();
        case WITH_COMPARATOR -> instantiator.instantiate(new @Nullable Object[] {reader.read()});
        case WITH_ACCESS_ORDER -> instantiator.instantiate(16, 0.75f, reader.in.readBoolean());
      };
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt("A collection can't be made: " + e.getMessage() + ".");
    }
  }

  /** The elements; of a map keys and values in turn. */
  List<@Nullable Object> of(Object value) {
    List<@Nullable Object> found = new ArrayList<>();
    Object inside = ofBase(value);
    if (isMap) {
      for (Object entry : (Set<?>) inside) {
        found.add(((Map.Entry<?, ?>) entry).getKey());
        found.add(((Map.Entry<?, ?>) entry).getValue());
      }
    } else {
      ((Iterator<?>) inside).forEachRemaining(found::add);
    }
    return found;
  }

  private Object ofBase(Object value) {
    try {
      return (Object) elements.invokeExact(value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireNew(boolean isNew) {
    if (!isNew) {
      throw Unreadable.corrupt("An element of a collection is there twice.");
    }
  }

  /** Adds elements as {@link #of} gives them. */
  void fill(Object value, List<@Nullable Object> read) {
    try {
      for (int i = 0; i < read.size(); i += isMap ? 2 : 1) {
        if (isMap) {
          Object previous = (Object) add.invokeExact(value, read.get(i), read.get(i + 1));
          requireNew(previous == null);
        } else {
          Object added = (Object) add.invokeExact(value, read.get(i));
          requireNew(!Boolean.FALSE.equals(added));
        }
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
