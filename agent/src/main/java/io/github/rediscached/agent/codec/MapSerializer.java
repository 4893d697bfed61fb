package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The JDK's maps that can be filled after they were created. */
@SuppressWarnings("JdkObsolete") // What was written comes back, however old.
final class MapSerializer extends ValueSerializer implements KeyedSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    HASH_MAP,
    LINKED_HASH_MAP,
    CONCURRENT_HASH_MAP,
    HASHTABLE,
    PROPERTIES,
    TREE_MAP,
    CONCURRENT_SKIP_LIST_MAP;

    boolean isSorted() {
      return compareTo(TREE_MAP) >= 0;
    }
  }

  private static final JdkField ACCESS_ORDER = new JdkField(LinkedHashMap.class, "accessOrder");
  private static final JdkField DEFAULTS = new JdkField(Properties.class, "defaults");

  private final Type mapType;

  MapSerializer(Type mapType) {
    super(Identity.EARLY);
    this.mapType = mapType;
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Map<?, ?> map = (Map<?, ?>) value;
    if (mapType.isSorted()) {
      writer.write(((SortedMap<?, ?>) map).comparator(), ".comparator()");
    } else if (mapType == Type.LINKED_HASH_MAP) {
      writer.out.writeBoolean(isAccessOrdered(writer.opener(), value));
    } else if (mapType == Type.PROPERTIES) {
      writer.write(DEFAULTS.get(writer.opener(), value), ".defaults");
    }
    int mark = writer.progress().mark();
    writer.writeEntries(map);
    writer.endKeyed(mark, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Comparator<@Nullable Object> comparator = null;
    boolean accessOrder = false;
    Properties defaults = null;
    if (mapType.isSorted()) {
      comparator = CollectionSerializer.comparator(reader.read());
    } else if (mapType == Type.LINKED_HASH_MAP) {
      accessOrder = reader.in.readBoolean();
    } else if (mapType == Type.PROPERTIES) {
      defaults = (Properties) reader.read();
    }
    int mark = reader.progress().mark();
    int length = reader.readLength(2);
    Map<?, ?> map = create(length, comparator, accessOrder, defaults);
    reader.place(map);
    reader.fill(this, map, reader.readElements(2 * length), mark);
    return map;
  }

  private Map<?, ?> create(
      int length,
      @Nullable Comparator<@Nullable Object> comparator,
      boolean accessOrder,
      @Nullable Properties defaults) {
    return switch (mapType) {
      case HASH_MAP -> new HashMap<>(capacityFor(length));
      case LINKED_HASH_MAP -> new LinkedHashMap<>(capacityFor(length), 0.75f, accessOrder);
      case CONCURRENT_HASH_MAP -> new ConcurrentHashMap<>(length);
      case HASHTABLE -> new Hashtable<>(capacityFor(length));
      case PROPERTIES -> new Properties(defaults);
      case TREE_MAP -> new TreeMap<>(comparator);
      case CONCURRENT_SKIP_LIST_MAP -> new ConcurrentSkipListMap<>(comparator);
    };
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Map<?, ?> one = (Map<?, ?>) written;
    Map<?, ?> other = (Map<?, ?>) read;
    Opener opener = comparison.opener();
    if (mapType.isSorted()) {
      return comparison.samePart(
              written,
              ".comparator()",
              ((SortedMap<?, ?>) one).comparator(),
              ((SortedMap<?, ?>) other).comparator())
          && comparison.sameInOrder(written, elementsOf(one), elementsOf(other));
    }
    if (mapType == Type.LINKED_HASH_MAP) {
      return isAccessOrdered(opener, one) == isAccessOrdered(opener, other)
          && comparison.sameInOrder(written, elementsOf(one), elementsOf(other));
    }
    return (mapType != Type.PROPERTIES
            || comparison.samePart(
                written, ".defaults", DEFAULTS.get(opener, one), DEFAULTS.get(opener, other)))
        && comparison.sameKeyed(written, elementsOf(one), elementsOf(other), 2);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Map<?, ?> original = (Map<?, ?>) value;
    Object comparator = null;
    boolean accessOrder = false;
    Properties defaults = null;
    if (mapType.isSorted()) {
      comparator = copier.copy(((SortedMap<?, ?>) original).comparator());
    } else if (mapType == Type.LINKED_HASH_MAP) {
      accessOrder = isAccessOrdered(copier.opener(), value);
    } else if (mapType == Type.PROPERTIES) {
      defaults = (Properties) copier.copy(DEFAULTS.get(copier.opener(), value));
    }
    @Nullable Object[] elements = elementsOf(original);
    copier.copyEach(elements);
    Map<?, ?> copy =
        create(
            elements.length / 2,
            CollectionSerializer.comparator(comparator),
            accessOrder,
            defaults);
    fill(copy, elements);
    return copy;
  }

  /** A view of another class is not. */
  private static boolean isAccessOrdered(Opener opener, Object map) {
    return map.getClass() == LinkedHashMap.class && keepsAccessOrder(opener, map);
  }

  /** Keys and values in turn. */
  static @Nullable Object[] elementsOf(Map<?, ?> map) {
    @Nullable Object[] elements = new @Nullable Object[2 * map.size()];
    int i = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      elements[i++] = entry.getKey();
      elements[i++] = entry.getValue();
    }
    return elements;
  }

  /** Whether a map of this class or one that extends it moves an entry to its end that is asked. */
  static boolean keepsAccessOrder(Opener opener, Object map) {
    return Boolean.TRUE.equals(ACCESS_ORDER.get(opener, map));
  }

  static int capacityFor(int elements) {
    return elements + elements / 3 + 1;
  }

  @Override
  public boolean isWhole(Object map, @Nullable Object[] elements) {
    for (int i = 0; i < elements.length; i += 2) {
      if (!((Map<?, ?>) map).containsKey(elements[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void clear(Object map) {
    ((Map<?, ?>) map).clear();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void fill(Object map, @Nullable Object[] elements) {
    Map<@Nullable Object, @Nullable Object> filled = (Map<@Nullable Object, @Nullable Object>) map;
    for (int i = 0; i < elements.length; i += 2) {
      filled.put(elements[i], elements[i + 1]);
    }
    Unreadable.requireSize(elements.length / 2, filled.size());
  }
}
