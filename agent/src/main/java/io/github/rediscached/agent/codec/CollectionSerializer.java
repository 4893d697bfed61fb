package io.github.rediscached.agent.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** The JDK's collections that can be filled after they were created. */
final class CollectionSerializer extends ValueSerializer implements KeyedSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    ARRAY_LIST,
    LINKED_LIST,
    VECTOR,
    STACK,
    COPY_ON_WRITE_LIST,
    ARRAY_DEQUE,
    CONCURRENT_LINKED_QUEUE,
    CONCURRENT_LINKED_DEQUE,
    HASH_SET,
    LINKED_HASH_SET,
    COPY_ON_WRITE_SET,
    CONCURRENT_SET,
    TREE_SET,
    CONCURRENT_SKIP_LIST_SET,
    PRIORITY_QUEUE;

    /** Whether it hashes or compares its elements. */
    boolean isKeyed() {
      return compareTo(HASH_SET) >= 0;
    }

    boolean isSorted() {
      return compareTo(TREE_SET) >= 0;
    }
  }

  private final Type collectionType;

  CollectionSerializer(Type collectionType) {
    super(Identity.EARLY);
    this.collectionType = collectionType;
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Collection<?> collection = (Collection<?>) value;
    if (collectionType.isSorted()) {
      writer.write(comparatorOf(collection), ".comparator()");
    }
    int mark = writer.progress().mark();
    writer.writeElements(collection);
    if (collectionType.isKeyed()) {
      writer.endKeyed(mark, value);
    }
  }

  private static @Nullable Comparator<?> comparatorOf(Collection<?> collection) {
    return collection instanceof PriorityQueue<?> queue
        ? queue.comparator()
        : ((SortedSet<?>) collection).comparator();
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    if (!collectionType.isKeyed()) {
      int length = reader.readLength();
      Collection<@Nullable Object> collection = create(length, null);
      reader.place(collection);
      if (collectionType == Type.COPY_ON_WRITE_LIST) {
        fill(collection, reader.readElements(length));
        return collection;
      }
      for (int i = 0; i < length; i++) {
        collection.add(reader.read());
      }
      return collection;
    }
    Comparator<@Nullable Object> comparator =
        collectionType.isSorted() ? comparator(reader.read()) : null;
    int mark = reader.progress().mark();
    int length = reader.readLength();
    Collection<@Nullable Object> collection = create(length, comparator);
    reader.place(collection);
    reader.fill(this, collection, reader.readElements(length), mark);
    return collection;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Collection<?> one = (Collection<?>) written;
    Collection<?> other = (Collection<?>) read;
    if (collectionType == Type.HASH_SET || collectionType == Type.CONCURRENT_SET) {
      return comparison.sameKeyed(written, one.toArray(), other.toArray(), 1);
    }
    return (!collectionType.isSorted()
            || comparison.samePart(
                written, ".comparator()", comparatorOf(one), comparatorOf(other)))
        && comparison.sameInOrder(written, one.toArray(), other.toArray());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Collection<?> original = (Collection<?>) value;
    if (!collectionType.isKeyed() && collectionType != Type.COPY_ON_WRITE_LIST) {
      Collection<@Nullable Object> copy = create(original.size(), null);
      for (Object element : original) {
        copy.add(copier.copy(element));
      }
      return copy;
    }
    Comparator<@Nullable Object> comparator =
        collectionType.isSorted() ? comparator(copier.copy(comparatorOf(original))) : null;
    @Nullable Object[] elements = original.toArray();
    copier.copyEach(elements);
    Collection<@Nullable Object> copy = create(elements.length, comparator);
    fill(copy, elements);
    return copy;
  }

  @SuppressWarnings("unchecked")
  static @Nullable Comparator<@Nullable Object> comparator(@Nullable Object comparator) {
    return (Comparator<@Nullable Object>) comparator;
  }

  @Override
  public boolean isWhole(Object collection, @Nullable Object[] elements) {
    return !(collection instanceof Set<?> set)
        || set instanceof CopyOnWriteArraySet<?>
        || set.containsAll(Arrays.asList(elements));
  }

  @Override
  public void clear(Object collection) {
    ((Collection<?>) collection).clear();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void fill(Object collection, @Nullable Object[] elements) {
    Collection<@Nullable Object> filled = (Collection<@Nullable Object>) collection;
    filled.addAll(Arrays.asList(elements));
    Unreadable.requireSize(elements.length, filled.size());
  }

  @SuppressWarnings("JdkObsolete") // What was written comes back.
  private Collection<@Nullable Object> create(
      int length, @Nullable Comparator<@Nullable Object> comparator) {
    return switch (collectionType) {
      case ARRAY_LIST -> new ArrayList<>(length);
      case LINKED_LIST -> new LinkedList<>();
      case VECTOR -> new Vector<>(length);
      case STACK -> new Stack<>();
      case COPY_ON_WRITE_LIST -> new CopyOnWriteArrayList<>();
      case ARRAY_DEQUE -> new ArrayDeque<>(length);
      case CONCURRENT_LINKED_QUEUE -> new ConcurrentLinkedQueue<>();
      case CONCURRENT_LINKED_DEQUE -> new ConcurrentLinkedDeque<>();
      case HASH_SET -> new HashSet<>(MapSerializer.capacityFor(length));
      case LINKED_HASH_SET -> new LinkedHashSet<>(MapSerializer.capacityFor(length));
      case COPY_ON_WRITE_SET -> new CopyOnWriteArraySet<>();
      case CONCURRENT_SET -> ConcurrentHashMap.newKeySet(length);
      case TREE_SET -> new TreeSet<>(comparator);
      case CONCURRENT_SKIP_LIST_SET -> new ConcurrentSkipListSet<>(comparator);
      case PRIORITY_QUEUE -> new PriorityQueue<>(Math.max(1, length), comparator);
    };
  }
}
