package io.github.rediscached.agent.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** The JDK's collections and maps that can be filled after they were created. */
@SuppressWarnings("JdkObsolete") // What was written comes back, however old.
final class CollectionSerializer extends ElementsSerializer {

  /** Which one. {@link BuiltIns} numbers them in this order, which is part of the format. */
  enum Type {
    ARRAY_LIST(ArrayList.class, Order.LISTED),
    LINKED_LIST(LinkedList.class, Order.LISTED),
    VECTOR(Vector.class, Order.LISTED),
    STACK(Stack.class, Order.LISTED),
    COPY_ON_WRITE_LIST(CopyOnWriteArrayList.class, Order.LISTED),
    ARRAY_DEQUE(ArrayDeque.class, Order.LISTED),
    CONCURRENT_LINKED_QUEUE(ConcurrentLinkedQueue.class, Order.LISTED),
    CONCURRENT_LINKED_DEQUE(ConcurrentLinkedDeque.class, Order.LISTED),
    HASH_SET(HashSet.class, Order.KEYED),
    LINKED_HASH_SET(LinkedHashSet.class, Order.KEYED_IN_ORDER),
    COPY_ON_WRITE_SET(CopyOnWriteArraySet.class, Order.KEYED_IN_ORDER),
    CONCURRENT_SET(ConcurrentHashMap.KeySetView.class, Order.KEYED),
    TREE_SET(TreeSet.class, Order.KEYED_IN_ORDER, Extra.COMPARATOR),
    CONCURRENT_SKIP_LIST_SET(ConcurrentSkipListSet.class, Order.KEYED_IN_ORDER, Extra.COMPARATOR),
    PRIORITY_QUEUE(PriorityQueue.class, Order.KEYED_IN_ORDER, Extra.COMPARATOR),
    ENUM_SET(EnumSet.class, Order.LISTED, Extra.ENUM_CLASS),
    HASH_MAP(HashMap.class, Order.KEYED),
    LINKED_HASH_MAP(LinkedHashMap.class, Order.KEYED_IN_ORDER, Extra.ACCESS_ORDER),
    CONCURRENT_HASH_MAP(ConcurrentHashMap.class, Order.KEYED),
    HASHTABLE(Hashtable.class, Order.KEYED),
    PROPERTIES(Properties.class, Order.KEYED, Extra.DEFAULTS),
    TREE_MAP(TreeMap.class, Order.KEYED_IN_ORDER, Extra.COMPARATOR),
    CONCURRENT_SKIP_LIST_MAP(ConcurrentSkipListMap.class, Order.KEYED_IN_ORDER, Extra.COMPARATOR),
    ENUM_MAP(EnumMap.class, Order.LISTED, Extra.ENUM_CLASS);

    final Class<?> type;
    private final Order order;
    private final Extra extra;

    Type(Class<?> type, Order order) {
      this(type, order, Extra.NONE);
    }

    Type(Class<?> type, Order order, Extra extra) {
      this.type = type;
      this.order = order;
      this.extra = extra;
    }
  }

  private final Type type;

  CollectionSerializer(Type type) {
    super(Identity.EARLY, Map.class.isAssignableFrom(type.type), type.order, type.extra);
    this.type = type;
  }

  /** Such a list copies all it has for each element that is added. */
  @Override
  void readListed(GraphReader reader, Object value, int length) {
    if (type == Type.COPY_ON_WRITE_LIST) {
      new Elements(value, reader.readElements(length)).fill();
    } else {
      super.readListed(reader, value, length);
    }
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    if (type == Type.ENUM_SET) {
      return ((EnumSet<?>) value).clone();
    }
    if (isKeyed() || stride == 2 || type == Type.COPY_ON_WRITE_LIST) {
      return super.copy(copier, value);
    }
    Collection<?> original = (Collection<?>) value;
    var copy = Elements.asCollection(create(type.type, original.size(), null));
    for (Object element : original) {
      copy.add(copier.copy(element));
    }
    return copy;
  }

  @Override
  @SuppressWarnings({"unchecked", "rawtypes"}) // An enum's class, which the compiler can't see.
  Object create(Class<?> ignored, int length, @Nullable Object with) {
    return switch (type) {
      case ARRAY_LIST -> new ArrayList<>(length);
      case LINKED_LIST -> new LinkedList<>();
      case VECTOR -> new Vector<>(length);
      case STACK -> new Stack<>();
      case COPY_ON_WRITE_LIST -> new CopyOnWriteArrayList<>();
      case ARRAY_DEQUE -> new ArrayDeque<>(length);
      case CONCURRENT_LINKED_QUEUE -> new ConcurrentLinkedQueue<>();
      case CONCURRENT_LINKED_DEQUE -> new ConcurrentLinkedDeque<>();
      case HASH_SET -> new HashSet<>(capacityFor(length));
      case LINKED_HASH_SET -> new LinkedHashSet<>(capacityFor(length));
      case COPY_ON_WRITE_SET -> new CopyOnWriteArraySet<>();
      case CONCURRENT_SET -> ConcurrentHashMap.newKeySet(length);
      case TREE_SET -> new TreeSet<>(Extra.asComparator(with));
      case CONCURRENT_SKIP_LIST_SET -> new ConcurrentSkipListSet<>(Extra.asComparator(with));
      case PRIORITY_QUEUE -> new PriorityQueue<>(Math.max(1, length), Extra.asComparator(with));
      case ENUM_SET -> EnumSet.noneOf((Class) with);
      case HASH_MAP -> new HashMap<>(capacityFor(length));
      case LINKED_HASH_MAP ->
          new LinkedHashMap<>(capacityFor(length), 0.75f, Boolean.TRUE.equals(with));
      case CONCURRENT_HASH_MAP -> new ConcurrentHashMap<>(length);
      case HASHTABLE -> new Hashtable<>(capacityFor(length));
      case PROPERTIES -> new Properties((Properties) with);
      case TREE_MAP -> new TreeMap<>(Extra.asComparator(with));
      case CONCURRENT_SKIP_LIST_MAP -> new ConcurrentSkipListMap<>(Extra.asComparator(with));
      case ENUM_MAP -> new EnumMap((Class) with);
    };
  }

  static int capacityFor(int elements) {
    return elements + elements / 3 + 1;
  }
}
