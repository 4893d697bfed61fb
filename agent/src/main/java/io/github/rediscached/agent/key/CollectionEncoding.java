package io.github.rediscached.agent.key;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collections and maps of any implementation: their elements, as the interface's contract has it. A
 * comparator is not part of a set or map, as it is not for {@link Object#equals}.
 */
record CollectionEncoding(byte tag) implements Encoding {

  static final CollectionEncoding MAP = new CollectionEncoding(Tag.MAP);

  /** The encoding of a type by its interfaces; null if it is no collection. */
  static @Nullable CollectionEncoding of(Class<?> type) {
    if (List.class.isAssignableFrom(type)) {
      return new CollectionEncoding(Tag.LIST);
    } else if (Set.class.isAssignableFrom(type)) {
      return new CollectionEncoding(Tag.SET);
    } else if (Map.class.isAssignableFrom(type)) {
      return MAP;
    }
    // Queues, views of a map's values and the like: the order counts.
    return Collection.class.isAssignableFrom(type)
        ? new CollectionEncoding(Tag.OTHER_COLLECTION)
        : null;
  }

  /** The encoding of a type by the interfaces of the JDK and of libraries. */
  static @Nullable CollectionEncoding of(Class<?> type, TypeHierarchy hierarchy) {
    return hierarchy.named("com.google.common.collect.Multiset") != null
        ? new CollectionEncoding(Tag.BAG)
        : of(type);
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    out.writeByte(tag);
    out.enter(value);
    if (tag == Tag.MAP) {
      entries(out, (Map<?, ?>) value);
    } else if (tag == Tag.SET || tag == Tag.BAG) {
      inAnyOrder(out, (Collection<?>) value);
    } else {
      inOrder(out, (Collection<?>) value);
    }
    out.leave();
  }

  private static void entries(CanonicalBytes out, Map<?, ?> map) throws UnkeyableException {
    Elements elements = new Elements(out);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      elements.next();
      out.part("{key}");
      out.value(entry.getKey());
      out.part("{value}");
      out.value(entry.getValue());
    }
    elements.end();
  }

  private static void inAnyOrder(CanonicalBytes out, Collection<?> collection)
      throws UnkeyableException {
    Elements elements = new Elements(out);
    out.part("{element}");
    for (Object element : collection) {
      elements.next();
      out.value(element);
    }
    elements.end();
  }

  /** Writes elements in their order; the collection must have been entered. */
  static void inOrder(CanonicalBytes out, Collection<?> collection) throws UnkeyableException {
    int countAt = out.reserveCount();
    int count = 0;
    for (Object element : collection) {
      out.part(count++);
      out.value(element);
    }
    out.setCount(countAt, count);
  }

  /** Elements without an order: they are sorted by their bytes when all are written. */
  private static final class Elements {

    private final CanonicalBytes out;
    private final int countAt;
    private int[] starts = new int[8];
    private int count;

    Elements(CanonicalBytes out) {
      this.out = out;
      countAt = out.reserveCount();
    }

    void next() {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = out.position();
    }

    void end() {
      out.setCount(countAt, count);
      out.sort(starts, count);
    }
  }
}
