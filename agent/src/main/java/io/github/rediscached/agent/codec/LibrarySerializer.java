package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Constructor;
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
final class LibrarySerializer extends ElementsSerializer {

  private static final String GUAVA = "com.google.common.collect.";
  private static final String SCALA = "scala.collection.";

  private static final String CONVERTERS = "scala.jdk.javaapi.CollectionConverters";

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

  private LibrarySerializer(String factoryName, boolean isScala) {
    super(
        Identity.LATE,
        factoryName.contains("Map"),
        factoryName.contains("Map") || factoryName.contains("Set") ? Order.KEYED : Order.LISTED,
        Extra.NONE);
    this.factoryName = factoryName;
    this.isScala = isScala;
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
  void writeElements(GraphWriter writer, Object value) {
    if (isScala) {
      writer.writeElements(elementsOf(value));
    } else {
      super.writeElements(writer, value);
    }
  }

  /** Of Scala's maps keys and values are counted one by one. */
  @Override
  int readCount(GraphReader reader) {
    return isScala ? reader.readLength() : super.readCount(reader);
  }

  /** Its own factory decides which class fits the number of elements. */
  @Override
  boolean comesBackAs(Class<?> written, Class<?> read) {
    LibrarySerializer other = of(read);
    return other != null && other.factoryName.equals(factoryName);
  }

  @Override
  @Nullable Object[] elementsOf(Object value) {
    if (!isScala) {
      return super.elementsOf(value);
    }
    try {
      ClassLoader loader = value.getClass().getClassLoader();
      Collection<?> inside =
          (Collection<?>)
              Class.forName(CONVERTERS, true, loader)
                  .getMethod("asJavaCollection", Class.forName(SCALA + "Iterable", true, loader))
                  .invoke(null, value);
      List<@Nullable Object> elements = new ArrayList<>();
      for (Object element : inside) {
        if (stride == 1) {
          elements.add(element);
        } else {
          elements.add(element.getClass().getMethod("_1").invoke(element));
          elements.add(element.getClass().getMethod("_2").invoke(element));
        }
      }
      return elements.toArray();
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(
          value.getClass(), "which could not be read", "Return a collection of the JDK.");
    }
  }

  @Override
  Object build(Class<?> type, @Nullable Object[] elements, @Nullable Object ignored) {
    ClassLoader loader = type.getClassLoader();
    try {
      Class<?> factory = Class.forName(factoryName, true, loader);
      if (isScala) {
        Object module = factory.getField("MODULE$").get(null);
        return factory
            .getMethod("from", Class.forName(SCALA + "IterableOnce", true, loader))
            .invoke(module, scalaOf(loader, elements));
      }
      if (stride == 1) {
        return factory.getMethod("copyOf", Collection.class).invoke(null, Arrays.asList(elements));
      }
      Map<?, ?> map = new LinkedHashMap<>();
      new Elements(map, elements).fill();
      return factory.getMethod("copyOf", Map.class).invoke(null, map);
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt(type.getName() + " can't be made of its elements.");
    }
  }

  /** The elements, or of a map its pairs, in a collection of Scala. */
  private Object scalaOf(@Nullable ClassLoader loader, @Nullable Object[] elements)
      throws ReflectiveOperationException {
    List<@Nullable Object> parts = Arrays.asList(elements);
    if (stride == 2) {
      Constructor<?> pair =
          Class.forName("scala.Tuple2", true, loader).getConstructor(Object.class, Object.class);
      parts = new ArrayList<>();
      for (int i = 0; i < elements.length; i += 2) {
        parts.add(pair.newInstance(elements[i], elements[i + 1]));
      }
    }
    return Class.forName(CONVERTERS, true, loader)
        .getMethod("asScala", Iterable.class)
        .invoke(null, parts);
  }

  /** Its factory would take the time that reading takes. */
  @Override
  Object copy(GraphCopier copier, Object value) {
    throw new NotCopyable();
  }
}
