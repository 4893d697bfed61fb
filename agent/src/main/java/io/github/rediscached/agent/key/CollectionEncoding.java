package io.github.rediscached.agent.key;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collections and maps of whatever implementation: their elements, as the interface's contract has
 * it. A comparator is not part of a set or map, as it is not for {@link Object#equals}.
 */
final class CollectionEncoding extends CanonicalSerializer {

  static final CollectionEncoding LIST = new CollectionEncoding(Tag.LIST);

  /** Queues, views of a map's values and the like: the order counts. */
  static final CollectionEncoding OTHER = new CollectionEncoding(Tag.OTHER_COLLECTION);

  /** Guava's multisets: an element may be there twice, and there is no order. */
  static final CollectionEncoding BAG = new CollectionEncoding(Tag.BAG);

  static final CollectionEncoding SET = new CollectionEncoding(Tag.SET);
  static final CollectionEncoding MAP = new CollectionEncoding(Tag.MAP);

  private final byte tag;

  private CollectionEncoding(byte tag) {
    this.tag = tag;
  }

  @Override
  void write(CanonicalBytes out, Object value) {
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

  /** The encoding of a type by its interfaces; null if it is no collection. */
  static @Nullable CollectionEncoding of(Class<?> type) {
    if (java.util.List.class.isAssignableFrom(type)) {
      return LIST;
    } else if (java.util.Set.class.isAssignableFrom(type)) {
      return SET;
    } else if (Map.class.isAssignableFrom(type)) {
      return MAP;
    } else if (Collection.class.isAssignableFrom(type)) {
      return OTHER;
    }
    return null;
  }

  /** The same, with what the interfaces of libraries say. */
  static @Nullable CollectionEncoding of(Class<?> type, Supertypes supertypes) {
    return supertypes.named("com.google.common.collect.Multiset") != null ? BAG : of(type);
  }

  private static void entries(CanonicalBytes out, Map<?, ?> map) {
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

  private static void inAnyOrder(CanonicalBytes out, Collection<?> collection) {
    Elements elements = new Elements(out);
    out.part("{element}");
    for (Object element : collection) {
      elements.next();
      out.value(element);
    }
    elements.end();
  }

  /** Elements in their order, of a value that was entered. */
  static void inOrder(CanonicalBytes out, Collection<?> collection) {
    int countAt = out.reserveCount();
    int count = 0;
    for (Object element : collection) {
      out.part(count++);
      out.value(element);
    }
    out.setCount(countAt, count);
  }

  /** Elements without an order, sorted by their bytes in the end. */
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
