package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Scalars;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's classes that have a serializer, in an order that is part of the format; a value of any
 * other class of the JDK is refused (but for enums and exceptions).
 *
 * <p>Views come back as plain collections: a sub-list, {@code values()} and a reversed list as an
 * {@code ArrayList}; {@code keySet()} and {@code entrySet()} as a {@code LinkedHashSet}; a part of
 * a sorted map or set, and its reverse, as a {@code TreeMap} or {@code TreeSet} with its order.
 * Immutable lists, sets and maps stay immutable.
 */
final class BuiltIns {

  private static final List<@Nullable KnownClass> TABLE = new ArrayList<>();
  private static final Map<Class<?>, KnownClass> BY_CLASS = new HashMap<>();

  /** Views that are replaced by what is inside; they are never read, so they have no number. */
  private static final Map<Class<?>, KnownClass> STAND_INS = new HashMap<>();

  /** What an array's elements, or a class that is itself a value, may be, by name. */
  private static final Map<String, Class<?>> REFERABLE = new HashMap<>();

  /** Nested in these are views whose elements are compared by identity, or vanish. */
  private static final List<String> WITHOUT_RULE =
      List.of("java.util.IdentityHashMap$", "java.util.WeakHashMap$");

  static {
    addScalars();
    addHolders();
    addCollections();
    addMaps();
    addImmutables();
    addWrappers();
    addConstants();
    RareBuiltIns.addTo(BuiltIns::add);
    for (Class<?> type : BY_CLASS.keySet()) {
      addReferable(type);
    }
  }

  private BuiltIns() {}

  /** The class with this number, or null if there is none in this JVM. */
  static @Nullable KnownClass at(int index) {
    return index >= 0 && index < TABLE.size() ? TABLE.get(index) : null;
  }

  /** What is known of one of the JDK's classes, or null. */
  static @Nullable KnownClass of(Class<?> type) {
    KnownClass known = BY_CLASS.get(type);
    if (known == null) {
      known = STAND_INS.get(type);
    }
    return known != null || !Jdk.owns(type) ? known : byInterface(type);
  }

  /** A class that is one of the built-in ones or of their supertypes, or null. */
  static @Nullable Class<?> referable(String name) {
    return REFERABLE.get(name);
  }

  /** The primitive type of a descriptor such as {@code I}, or null. */
  static @Nullable Class<?> primitiveOf(String descriptor) {
    return switch (descriptor) {
      case "Z" -> boolean.class;
      case "B" -> byte.class;
      case "S" -> short.class;
      case "C" -> char.class;
      case "I" -> int.class;
      case "J" -> long.class;
      case "F" -> float.class;
      case "D" -> double.class;
      default -> null;
    };
  }

  /** The primitive type of a name such as {@code int}, or null. */
  static @Nullable Class<?> primitiveNamed(String name) {
    return switch (name) {
      case "boolean" -> boolean.class;
      case "byte" -> byte.class;
      case "short" -> short.class;
      case "char" -> char.class;
      case "int" -> int.class;
      case "long" -> long.class;
      case "float" -> float.class;
      case "double" -> double.class;
      case "void" -> void.class;
      default -> null;
    };
  }

  /** A fingerprint of the table: another one is another format. */
  static long layout() {
    Fingerprint fingerprint = new Fingerprint();
    for (KnownClass known : TABLE) {
      fingerprint.add(known == null ? "" : known.type.getName());
    }
    return fingerprint.value();
  }

  private static void addScalars() {
    for (Scalars.Scalar scalar : Scalars.all()) {
      add(
          scalar.hasIdentity() ? new ChildlessSerializer(scalar.serializer()) : scalar.serializer(),
          scalar.types().toArray(new Class<?>[0]));
    }
    add(new ClassSerializer(), Class.class);
    add(new PatternSerializer(), Pattern.class);
    add(new FrameSerializer(), StackTraceElement.class);
  }

  private static void addHolders() {
    add(new ArraySerializer(), Object[].class);
    add(new ArraySerializer(), String[].class);
    add(new HolderSerializer(HolderSerializer.Type.OPTIONAL), Optional.class);
    add(new HolderSerializer(HolderSerializer.Type.ENTRY), Map.entry("", "").getClass());
    add(new HolderSerializer(HolderSerializer.Type.SIMPLE_ENTRY), AbstractMap.SimpleEntry.class);
    add(
        new HolderSerializer(HolderSerializer.Type.SIMPLE_IMMUTABLE_ENTRY),
        AbstractMap.SimpleImmutableEntry.class);
    add(new HolderSerializer(HolderSerializer.Type.ATOMIC_REFERENCE), AtomicReference.class);
  }

  private static void addCollections() {
    collection(CollectionSerializer.Type.ARRAY_LIST, ArrayList.class);
    collection(CollectionSerializer.Type.LINKED_LIST, LinkedList.class);
    collection(CollectionSerializer.Type.VECTOR, Vector.class);
    collection(CollectionSerializer.Type.STACK, Stack.class);
    collection(CollectionSerializer.Type.COPY_ON_WRITE_LIST, CopyOnWriteArrayList.class);
    collection(CollectionSerializer.Type.ARRAY_DEQUE, ArrayDeque.class);
    collection(CollectionSerializer.Type.CONCURRENT_LINKED_QUEUE, ConcurrentLinkedQueue.class);
    collection(CollectionSerializer.Type.CONCURRENT_LINKED_DEQUE, ConcurrentLinkedDeque.class);
    collection(CollectionSerializer.Type.HASH_SET, HashSet.class);
    collection(CollectionSerializer.Type.LINKED_HASH_SET, LinkedHashSet.class);
    collection(CollectionSerializer.Type.COPY_ON_WRITE_SET, CopyOnWriteArraySet.class);
    collection(CollectionSerializer.Type.CONCURRENT_SET, ConcurrentHashMap.KeySetView.class);
    collection(CollectionSerializer.Type.TREE_SET, TreeSet.class);
    collection(CollectionSerializer.Type.CONCURRENT_SKIP_LIST_SET, ConcurrentSkipListSet.class);
    collection(CollectionSerializer.Type.PRIORITY_QUEUE, PriorityQueue.class);
    Class<?> regularEnumSet = EnumSet.noneOf(CollectionSerializer.Type.class).getClass();
    add(
        new EnumCollectionSerializer(false),
        EnumSet.class,
        regularEnumSet,
        nested("java.util.JumboEnumSet"));
  }

  private static void addMaps() {
    map(MapSerializer.Type.HASH_MAP, HashMap.class);
    map(MapSerializer.Type.LINKED_HASH_MAP, LinkedHashMap.class);
    map(MapSerializer.Type.CONCURRENT_HASH_MAP, ConcurrentHashMap.class);
    map(MapSerializer.Type.HASHTABLE, Hashtable.class);
    map(MapSerializer.Type.PROPERTIES, Properties.class);
    map(MapSerializer.Type.TREE_MAP, TreeMap.class);
    map(MapSerializer.Type.CONCURRENT_SKIP_LIST_MAP, ConcurrentSkipListMap.class);
    add(new EnumCollectionSerializer(true), EnumMap.class);
  }

  private static void addImmutables() {
    immutable(
        FixedCollectionSerializer.Type.LIST_OF,
        List.of().getClass(),
        List.of(1).getClass(),
        List.of(1, 2, 3).subList(1, 2).getClass());
    immutable(FixedCollectionSerializer.Type.SET_OF, Set.of().getClass(), Set.of(1).getClass());
    immutable(FixedCollectionSerializer.Type.MAP_OF, Map.of().getClass(), Map.of(1, 1).getClass());
    immutable(FixedCollectionSerializer.Type.AS_LIST, Arrays.asList(1).getClass());
    immutable(FixedCollectionSerializer.Type.SINGLETON, Collections.singleton(1).getClass());
    immutable(
        FixedCollectionSerializer.Type.SINGLETON_LIST, Collections.singletonList(1).getClass());
    immutable(
        FixedCollectionSerializer.Type.SINGLETON_MAP, Collections.singletonMap(1, 1).getClass());
    immutable(FixedCollectionSerializer.Type.COPIES, Collections.nCopies(1, 1).getClass());
  }

  private static void addWrappers() {
    String unmodifiable = "java.util.Collections$UnmodifiableCollection";
    wrapper(WrapperSerializer.Type.UNMODIFIABLE_COLLECTION, unmodifiable, "UnmodifiableCollection");
    wrapper(
        WrapperSerializer.Type.UNMODIFIABLE_LIST,
        unmodifiable,
        "UnmodifiableList",
        "UnmodifiableRandomAccessList");
    wrapper(WrapperSerializer.Type.UNMODIFIABLE_SET, unmodifiable, "UnmodifiableSet");
    wrapper(WrapperSerializer.Type.UNMODIFIABLE_SORTED_SET, unmodifiable, "UnmodifiableSortedSet");
    wrapper(
        WrapperSerializer.Type.UNMODIFIABLE_NAVIGABLE_SET,
        unmodifiable,
        "UnmodifiableNavigableSet",
        "UnmodifiableNavigableSet$EmptyNavigableSet");
    String unmodifiableMap = "java.util.Collections$UnmodifiableMap";
    wrapper(WrapperSerializer.Type.UNMODIFIABLE_MAP, unmodifiableMap, "UnmodifiableMap");
    wrapper(
        WrapperSerializer.Type.UNMODIFIABLE_SORTED_MAP, unmodifiableMap, "UnmodifiableSortedMap");
    wrapper(
        WrapperSerializer.Type.UNMODIFIABLE_NAVIGABLE_MAP,
        unmodifiableMap,
        "UnmodifiableNavigableMap",
        "UnmodifiableNavigableMap$EmptyNavigableMap");
    String synchronizing = "java.util.Collections$SynchronizedCollection";
    wrapper(
        WrapperSerializer.Type.SYNCHRONIZED_COLLECTION, synchronizing, "SynchronizedCollection");
    wrapper(
        WrapperSerializer.Type.SYNCHRONIZED_LIST,
        synchronizing,
        "SynchronizedList",
        "SynchronizedRandomAccessList");
    wrapper(WrapperSerializer.Type.SYNCHRONIZED_SET, synchronizing, "SynchronizedSet");
    wrapper(WrapperSerializer.Type.SYNCHRONIZED_SORTED_SET, synchronizing, "SynchronizedSortedSet");
    wrapper(
        WrapperSerializer.Type.SYNCHRONIZED_NAVIGABLE_SET,
        synchronizing,
        "SynchronizedNavigableSet");
    String synchronizedMap = "java.util.Collections$SynchronizedMap";
    wrapper(WrapperSerializer.Type.SYNCHRONIZED_MAP, synchronizedMap, "SynchronizedMap");
    wrapper(
        WrapperSerializer.Type.SYNCHRONIZED_SORTED_MAP, synchronizedMap, "SynchronizedSortedMap");
    wrapper(
        WrapperSerializer.Type.SYNCHRONIZED_NAVIGABLE_MAP,
        synchronizedMap,
        "SynchronizedNavigableMap");
    wrapper(
        WrapperSerializer.Type.REVERSED_COMPARATOR,
        "java.util.Collections$ReverseComparator2",
        "ReverseComparator2");
    standIn("c", "CheckedCollection", "CheckedList", "CheckedRandomAccessList", "CheckedSet");
    standIn("c", "CheckedCollection", "CheckedSortedSet", "CheckedNavigableSet", "CheckedQueue");
    standIn("m", "CheckedMap", "CheckedSortedMap", "CheckedNavigableMap");
    standIn("m", "SetFromMap");
  }

  private static void addConstants() {
    constant(Collections.emptyList());
    constant(Collections.emptySet());
    constant(Collections.emptyMap());
    constant(Comparator.naturalOrder());
    constant(Collections.reverseOrder());
    constant(String.CASE_INSENSITIVE_ORDER);
  }

  private static void collection(CollectionSerializer.Type type, Class<?> runtimeClass) {
    add(new CollectionSerializer(type), runtimeClass);
  }

  private static void map(MapSerializer.Type type, Class<?> runtimeClass) {
    add(new MapSerializer(type), runtimeClass);
  }

  private static void immutable(FixedCollectionSerializer.Type type, Class<?>... classes) {
    add(new FixedCollectionSerializer(type), classes);
  }

  private static void wrapper(WrapperSerializer.Type type, String declaring, String... names) {
    Class<?> declaringClass = nested(declaring);
    if (declaringClass == null) {
      TABLE.add(null);
      return;
    }
    @Nullable Class<?>[] classes = new @Nullable Class<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      classes[i] = nested("java.util.Collections$" + names[i]);
    }
    add(new WrapperSerializer(type, declaringClass), classes);
  }

  private static void standIn(String field, String declaring, String... names) {
    Class<?> declaringClass = nested("java.util.Collections$" + declaring);
    if (declaringClass == null) {
      return;
    }
    UnwrapSerializer serializer = new UnwrapSerializer(declaringClass, field);
    STAND_INS.put(declaringClass, KnownClass.ofApplication(declaringClass, serializer, 0, false));
    for (String name : names) {
      Class<?> type = nested("java.util.Collections$" + name);
      if (type != null) {
        STAND_INS.put(type, KnownClass.ofApplication(type, serializer, 0, false));
      }
    }
  }

  private static void constant(Object constant) {
    add(new ConstantSerializer(constant), constant.getClass());
  }

  /** Gives the serializer the next number, even where none of its classes is there. */
  private static void add(Serializer<?> serializer, @Nullable Class<?>... classes) {
    KnownClass known = null;
    for (Class<?> type : classes) {
      if (type != null) {
        if (known == null) {
          known = KnownClass.builtIn(type, serializer, TABLE.size());
        }
        BY_CLASS.put(type, known);
      }
    }
    TABLE.add(known);
  }

  /** One of the JDK's classes that can't be named in the source, or null. */
  static @Nullable Class<?> nested(String name) {
    try {
      return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static void addReferable(Class<?> type) {
    if (type.isArray() || REFERABLE.put(type.getName(), type) != null) {
      return;
    }
    if (type.getSuperclass() != null) {
      addReferable(type.getSuperclass());
    }
    for (Class<?> implemented : type.getInterfaces()) {
      addReferable(implemented);
    }
  }

  /** Serializers for the JDK's private classes. */
  private static @Nullable KnownClass byInterface(Class<?> type) {
    Scalars.Scalar scalar = Scalars.of(type);
    if (scalar != null) {
      return BY_CLASS.get(scalar.type());
    }
    Class<?> rare = RareBuiltIns.typeOf(type);
    if (rare != null) {
      return BY_CLASS.get(rare);
    }
    return isView(type) ? viewOf(type) : null;
  }

  private static boolean isView(Class<?> type) {
    String name = type.getName();
    for (String prefix : WITHOUT_RULE) {
      if (name.startsWith(prefix)) {
        return false;
      }
    }
    return name.startsWith("java.util.") && (type.isMemberClass() || !isPublic(type));
  }

  private static boolean isPublic(Class<?> type) {
    return java.lang.reflect.Modifier.isPublic(type.getModifiers());
  }

  private static @Nullable KnownClass viewOf(Class<?> type) {
    if (List.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ArrayList.class);
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return BY_CLASS.get(TreeSet.class);
    }
    if (Set.class.isAssignableFrom(type)) {
      return BY_CLASS.get(LinkedHashSet.class);
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return BY_CLASS.get(
          java.util.concurrent.ConcurrentMap.class.isAssignableFrom(type)
              ? ConcurrentSkipListMap.class
              : TreeMap.class);
    }
    if (Map.class.isAssignableFrom(type)) {
      return BY_CLASS.get(LinkedHashMap.class);
    }
    if (Queue.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ArrayDeque.class);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ArrayList.class);
    }
    return Map.Entry.class.isAssignableFrom(type)
        ? BY_CLASS.get(AbstractMap.SimpleEntry.class)
        : null;
  }
}
