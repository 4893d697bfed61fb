package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collections of Scala and of Guava, whose classes replace themselves in Java's serialisation:
 * their elements are written, and their own factory makes them anew. They are the application's
 * classes, so they are known by name.
 */
final class LibrarySerializer extends ValueSerializer {

  private static final String GUAVA = "com.google.common.collect.";
  private static final String SCALA = "scala.collection.";

  /** Guava's bases, the more special ones first. */
  private static final List<String> GUAVA_BASES =
      List.of("ImmutableBiMap", "ImmutableMap", "ImmutableSet", "ImmutableList");

  /** Scala's classes, without what comes behind a number, and the object that makes them. */
  private static final Map<String, String> SCALA_FACTORIES =
      Map.ofEntries(
          Map.entry("immutable.$colon$colon", "immutable.List$"),
          Map.entry("immutable.Vector", "immutable.Vector$"),
          Map.entry("immutable.Set$Set", "immutable.Set$"),
          Map.entry("immutable.HashSet", "immutable.HashSet$"),
          Map.entry("immutable.Map$Map", "immutable.Map$"),
          Map.entry("immutable.HashMap", "immutable.HashMap$"),
          Map.entry("immutable.ListMap", "immutable.ListMap$"),
          Map.entry("immutable.ListMap$Node", "immutable.ListMap$"),
          Map.entry("immutable.VectorMap", "immutable.VectorMap$"),
          Map.entry("immutable.Queue", "immutable.Queue$"),
          Map.entry("mutable.ArrayBuffer", "mutable.ArrayBuffer$"),
          Map.entry("mutable.ListBuffer", "mutable.ListBuffer$"),
          Map.entry("mutable.HashSet", "mutable.HashSet$"),
          Map.entry("mutable.LinkedHashSet", "mutable.LinkedHashSet$"),
          Map.entry("mutable.HashMap", "mutable.HashMap$"),
          Map.entry("mutable.LinkedHashMap", "mutable.LinkedHashMap$"));

  private final String factoryName;
  private final boolean isScala;
  private final boolean isMap;
  private final boolean isKeyed;

  private LibrarySerializer(String factoryName, boolean isScala) {
    super(Identity.LATE);
    this.factoryName = factoryName;
    this.isScala = isScala;
    this.isMap = factoryName.contains("Map");
    this.isKeyed = isMap || factoryName.contains("Set");
  }

  /** The rule for a library's collection, or null for any other class. */
  static @Nullable LibrarySerializer of(Class<?> type) {
    String name = type.getName();
    if (name.startsWith(SCALA)) {
      String factory = SCALA_FACTORIES.get(withoutNumber(name.substring(SCALA.length())));
      return factory == null ? null : new LibrarySerializer(SCALA + factory, true);
    }
    return name.startsWith(GUAVA) ? ofGuava(type) : null;
  }

  /** So {@code Vector3} and {@code Map$Map4} are found under one name each. */
  private static String withoutNumber(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    return name.substring(0, end);
  }

  private static @Nullable LibrarySerializer ofGuava(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String name = c.getName();
      if (name.startsWith(GUAVA) && GUAVA_BASES.contains(name.substring(GUAVA.length()))) {
        return new LibrarySerializer(name, false);
      }
      if (name.startsWith(GUAVA + "ImmutableSorted")) {
        return null;
      }
    }
    return null;
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    int mark = writer.progress().mark();
    if (value instanceof Map<?, ?> map) {
      writer.writeEntries(map);
    } else if (value instanceof Collection<?> collection) {
      writer.writeElements(collection);
    } else {
      writer.writeElements(elementsOf(value).toArray());
    }
    if (isKeyed) {
      writer.endKeyed(mark, value);
    }
  }

  private @Nullable Object[] partsOf(Object value) {
    if (value instanceof Map<?, ?> map) {
      return MapSerializer.elementsOf(map);
    }
    return value instanceof Collection<?> collection
        ? collection.toArray()
        : elementsOf(value).toArray();
  }

  /** Its own factory decides which class fits the number of elements. */
  @Override
  boolean comesBackAs(Class<?> written, Class<?> read) {
    LibrarySerializer other = of(read);
    return other != null && other.factoryName.equals(factoryName);
  }

  /** The elements of one of Scala's collections, or of a map its keys and values in turn. */
  private List<@Nullable Object> elementsOf(Object value) {
    try {
      List<@Nullable Object> elements = new ArrayList<>();
      ScalaIterator iterator = new ScalaIterator(value);
      while (iterator.hasNext()) {
        Object element = iterator.next();
        if (isMap) {
          elements.add(call(element, "_1"));
          elements.add(call(element, "_2"));
        } else {
          elements.add(element);
        }
      }
      return elements;
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(
          value.getClass(), "which could not be read", "Return a collection of the JDK.");
    }
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    @Nullable Object[] one = partsOf(written);
    @Nullable Object[] other = partsOf(read);
    return isKeyed
        ? comparison.sameKeyed(written, one, other, isMap ? 2 : 1)
        : comparison.sameInOrder(written, one, other);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    int mark = reader.progress().mark();
    boolean hasPairs = isMap && !isScala;
    int length = reader.readLength(hasPairs ? 2 : 1);
    @Nullable Object[] elements = reader.readElements(hasPairs ? 2 * length : length);
    if (isKeyed) {
      reader.requireComplete(mark);
    }
    try {
      ClassLoader loader = type.getClassLoader();
      return isScala ? ofScala(loader, elements) : ofGuava(loader, elements);
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt(type.getName() + " can't be made of its elements.");
    }
  }

  private Object ofGuava(@Nullable ClassLoader loader, @Nullable Object[] elements)
      throws ReflectiveOperationException {
    Class<?> factory = Class.forName(factoryName, true, loader);
    if (!isMap) {
      return factory.getMethod("copyOf", Collection.class).invoke(null, Arrays.asList(elements));
    }
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < elements.length; i += 2) {
      map.put(elements[i], elements[i + 1]);
    }
    return factory.getMethod("copyOf", Map.class).invoke(null, map);
  }

  private Object ofScala(@Nullable ClassLoader loader, @Nullable Object[] elements)
      throws ReflectiveOperationException {
    Object factory = Class.forName(factoryName, true, loader).getField("MODULE$").get(null);
    Object builder = call(factory, "newBuilder");
    var addOne =
        Class.forName(SCALA + "mutable.Growable", true, loader).getMethod("addOne", Object.class);
    if (!isMap) {
      for (Object element : elements) {
        addOne.invoke(builder, element);
      }
    } else {
      var tuple =
          Class.forName("scala.Tuple2", true, loader).getConstructor(Object.class, Object.class);
      for (int i = 0; i < elements.length; i += 2) {
        addOne.invoke(builder, tuple.newInstance(elements[i], elements[i + 1]));
      }
    }
    return Class.forName(SCALA + "mutable.Builder", true, loader)
        .getMethod("result")
        .invoke(builder);
  }

  private static Object call(@Nullable Object object, String name)
      throws ReflectiveOperationException {
    if (object == null) {
      throw new NoSuchMethodException(name);
    }
    return object.getClass().getMethod(name).invoke(object);
  }

  /** Scala's iterator, whose own class need not be public. */
  private static final class ScalaIterator {
    private final Object iterator;
    private final java.lang.reflect.Method hasNext;
    private final java.lang.reflect.Method next;

    ScalaIterator(Object collection) throws ReflectiveOperationException {
      ClassLoader loader = collection.getClass().getClassLoader();
      Class<?> iterable = Class.forName(SCALA + "IterableOnce", true, loader);
      Class<?> type = Class.forName(SCALA + "Iterator", true, loader);
      iterator = iterable.getMethod("iterator").invoke(collection);
      hasNext = type.getMethod("hasNext");
      next = type.getMethod("next");
    }

    boolean hasNext() throws IllegalAccessException, InvocationTargetException {
      return (Boolean) hasNext.invoke(iterator);
    }

    @Nullable Object next() throws IllegalAccessException, InvocationTargetException {
      return next.invoke(iterator);
    }
  }
}
