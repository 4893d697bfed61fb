package io.github.rediscached.agent.key;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collections and maps of whatever implementation: their elements, as the interface's contract has
 * it. A comparator is not part of a set or map, as it is not for {@link Object#equals}.
 */
enum CollectionEncoding implements Encoding {
  LIST {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      out.tag(Tag.LIST);
      inOrder((Collection<?>) value, out);
    }
  },
  /** Queues, views of a map's values and the like: the order counts. */
  OTHER {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      out.tag(Tag.OTHER_COLLECTION);
      inOrder((Collection<?>) value, out);
    }
  },
  /** Guava's multisets: an element may be there twice, and there is no order. */
  BAG {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      out.tag(Tag.BAG);
      inAnyOrder((Collection<?>) value, out);
    }
  },
  SET {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      out.tag(Tag.SET);
      inAnyOrder((Collection<?>) value, out);
    }
  },
  MAP {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      out.tag(Tag.MAP);
      out.enter(value);
      Elements elements = new Elements(out);
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        elements.next();
        out.part("{key}");
        out.value(entry.getKey());
        out.part("{value}");
        out.value(entry.getValue());
      }
      elements.end();
      out.leave();
    }
  };

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

  private static void inAnyOrder(Collection<?> collection, CanonicalBytes out)
      throws UnkeyableException {
    out.enter(collection);
    Elements elements = new Elements(out);
    out.part("{element}");
    for (Object element : collection) {
      elements.next();
      out.value(element);
    }
    elements.end();
    out.leave();
  }

  private static void inOrder(Collection<?> collection, CanonicalBytes out)
      throws UnkeyableException {
    out.enter(collection);
    int countAt = out.reserveCount();
    int count = 0;
    for (Object element : collection) {
      out.part(count++);
      out.value(element);
    }
    out.setCount(countAt, count);
    out.leave();
  }

  /** Elements without an order, sorted by their bytes in the end. */
  private static final class Elements {

    private final CanonicalBytes out;
    private final int countAt;
    private int[] starts = new int[8];
    private int count;

    Elements(CanonicalBytes out) throws UnkeyableException {
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
