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
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The elements that a class of the application inherits from a collection or map of the JDK. The
 * JDK's own methods are called, as {@code super.add(…)} in that class would, and never what the
 * class overrides. Used by {@link DerivedCollectionSerializer}.
 */
final class InheritedElements {

  private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
  private static final MethodType ADD = GET.appendParameterTypes(Object.class);
  private static final MethodType PUT = ADD.appendParameterTypes(Object.class);

  /** How the JDK's class itself is written. */
  final CollectionSerializer base;

  private final Instantiator instantiator;

  /** Of a collection its iterator, of a map its entries. */
  private final MethodHandle elements;

  private final MethodHandle add;

  private InheritedElements(
      CollectionSerializer base,
      Instantiator instantiator,
      MethodHandle elements,
      MethodHandle add) {
    this.base = base;
    this.instantiator = instantiator;
    this.elements = elements;
    this.add = add;
  }

  /**
   * Prepares for a class.
   *
   * @param base the class of the JDK that it extends
   * @return null if that is no collection or map that can be created for a subclass
   * @throws Refusal if its methods can't be had
   */
  static @Nullable InheritedElements of(Class<?> type, Class<?> base, Opener opener) {
    KnownClass known = BuiltIns.of(base);
    if (known == null
        || known.type != base
        || !(known.serializer instanceof CollectionSerializer serializer)) {
      return null;
    }
    boolean isMap = serializer.stride == 2;
    try {
      Constructor<?> constructor = constructorOf(base, serializer.extra);
      if (constructor == null) {
        return null;
      }
      Class<?> caller = topmost(type);
      opener.openPackage(caller);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(caller, MethodHandles.lookup());
      MethodHandle elements =
          isMap
              ? special(lookup, base, "entrySet", MethodType.methodType(Set.class))
              : special(lookup, base, "iterator", MethodType.methodType(Iterator.class));
      MethodHandle add =
          isMap
              ? special(lookup, base, "put", PUT.dropParameterTypes(0, 1)).asType(PUT)
              : adding(lookup, base).asType(ADD);
      return new InheritedElements(
          serializer, Instantiator.of(type, constructor, opener), elements.asType(GET), add);
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(
          type, "which can't be read past its own methods", "Return a collection of the JDK.");
    }
  }

  private static @Nullable Constructor<?> constructorOf(Class<?> base, Extra extra)
      throws NoSuchMethodException {
    return switch (extra) {
      case NONE -> base.getConstructor();
      case COMPARATOR -> base.getConstructor(Comparator.class);
      case ACCESS_ORDER -> base.getConstructor(int.class, float.class, boolean.class);
      default -> null;
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
    boolean isVector = Vector.class.isAssignableFrom(base);
    if (isVector || base == ArrayDeque.class) {
      return special(
          lookup,
          base,
          isVector ? "addElement" : "addLast",
          MethodType.methodType(void.class, Object.class));
    }
    boolean isQueue = Queue.class.isAssignableFrom(base) && !List.class.isAssignableFrom(base);
    return special(
        lookup,
        base,
        isQueue ? "offer" : "add",
        MethodType.methodType(boolean.class, Object.class));
  }

  private static MethodHandle special(
      MethodHandles.Lookup lookup, Class<?> base, String name, MethodType type)
      throws ReflectiveOperationException {
    return lookup.findSpecial(base, name, type, lookup.lookupClass());
  }

  /** Makes an empty one with what {@link Extra} wrote. */
  Object create(GraphReader reader) {
    Object with = base.extra.read(reader);
    try {
      return switch (base.extra) {
        case COMPARATOR -> instantiator.instantiate(new @Nullable Object[] {with});
        case ACCESS_ORDER -> instantiator.instantiate(16, 0.75f, with);
        default -> instantiator.instantiate();
      };
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt("A collection can't be made: " + e.getMessage() + ".");
    }
  }

  /** The elements; of a map keys and values in turn. */
  @Nullable Object[] of(Object value) {
    List<@Nullable Object> found = new ArrayList<>();
    Object inside = call(() -> (Object) elements.invokeExact(value));
    if (inside instanceof Iterator<?> iterator) {
      iterator.forEachRemaining(found::add);
    } else if (inside instanceof Set<?> entries) {
      for (Object entry : entries) {
        found.add(((Map.Entry<?, ?>) entry).getKey());
        found.add(((Map.Entry<?, ?>) entry).getValue());
      }
    }
    return found.toArray();
  }

  /** Adds elements as {@link #of} gives them. */
  void fill(Object value, @Nullable Object[] read) {
    for (int i = 0; i < read.length; i += base.stride) {
      Object element = read[i];
      Object content = base.stride == 2 ? read[i + 1] : null;
      Object previous =
          base.stride == 2
              ? call(() -> (Object) add.invokeExact(value, element, content))
              : call(() -> (Object) add.invokeExact(value, element));
      if (base.stride == 2 ? previous != null : Boolean.FALSE.equals(previous)) {
        throw Unreadable.corrupt("An element of a collection is there twice.");
      }
    }
  }

  private interface Call {
    @Nullable Object run() throws Throwable;
  }

  private static @Nullable Object call(Call call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
