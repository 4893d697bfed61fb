package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's classes that have a rule, in an order that is part of the format; a value of any other
 * class of the JDK is refused (but for enums and exceptions).
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
    addMutables();
    addCollections();
    addMaps();
    addImmutables();
    addWrappers();
    addConstants();
    addSql();
    for (Class<?> type : BY_CLASS.keySet()) {
      addReferable(type);
    }
  }

  private BuiltIns() {}

  /** The class with this number, or null if there is none in this JVM. */
  static @Nullable KnownClass at(int index) {
    return index >= 0 && index < TABLE.size() ? TABLE.get(index) : null;
  }

  /** The rule for one of the JDK's classes, or null. */
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
    scalar(ScalarRule.Type.STRING, String.class);
    scalar(ScalarRule.Type.INTEGER, Integer.class);
    scalar(ScalarRule.Type.LONG, Long.class);
    scalar(ScalarRule.Type.BOOLEAN, Boolean.class);
    scalar(ScalarRule.Type.DOUBLE, Double.class);
    scalar(ScalarRule.Type.BIG_DECIMAL, BigDecimal.class);
    scalar(ScalarRule.Type.LOCAL_DATE, LocalDate.class);
    scalar(ScalarRule.Type.LOCAL_DATE_TIME, LocalDateTime.class);
    scalar(ScalarRule.Type.INSTANT, Instant.class);
    scalar(ScalarRule.Type.UUID, UUID.class);
    scalar(ScalarRule.Type.FLOAT, Float.class);
    scalar(ScalarRule.Type.SHORT, Short.class);
    scalar(ScalarRule.Type.BYTE, Byte.class);
    scalar(ScalarRule.Type.CHARACTER, Character.class);
    scalar(ScalarRule.Type.BIG_INTEGER, BigInteger.class);
    scalar(ScalarRule.Type.LOCAL_TIME, LocalTime.class);
    scalar(ScalarRule.Type.OFFSET_DATE_TIME, OffsetDateTime.class);
    scalar(ScalarRule.Type.ZONED_DATE_TIME, ZonedDateTime.class);
    scalar(ScalarRule.Type.OFFSET_TIME, OffsetTime.class);
    scalar(ScalarRule.Type.DURATION, Duration.class);
    scalar(ScalarRule.Type.PERIOD, Period.class);
    scalar(ScalarRule.Type.YEAR, Year.class);
    scalar(ScalarRule.Type.YEAR_MONTH, YearMonth.class);
    scalar(ScalarRule.Type.MONTH_DAY, MonthDay.class);
    scalar(ScalarRule.Type.ZONE_OFFSET, ZoneOffset.class);
    scalar(ScalarRule.Type.ZONE_ID, ZoneId.class);
    scalar(
        ScalarRule.Type.CHRONO_DATE,
        ChronoLocalDate.class,
        HijrahDate.class,
        JapaneseDate.class,
        MinguoDate.class,
        ThaiBuddhistDate.class);
    scalar(ScalarRule.Type.URI, URI.class);
    scalar(ScalarRule.Type.URL, URL.class);
    scalar(ScalarRule.Type.LOCALE, Locale.class);
    scalar(ScalarRule.Type.CURRENCY, Currency.class);
    scalar(ScalarRule.Type.PATTERN, Pattern.class);
    scalar(ScalarRule.Type.CHARSET, Charset.class);
    scalar(ScalarRule.Type.CLASS, Class.class);
    scalar(ScalarRule.Type.MATH_CONTEXT, MathContext.class);
    scalar(ScalarRule.Type.OPTIONAL_INT, OptionalInt.class);
    scalar(ScalarRule.Type.OPTIONAL_LONG, OptionalLong.class);
    scalar(ScalarRule.Type.OPTIONAL_DOUBLE, OptionalDouble.class);
    scalar(ScalarRule.Type.FILE, java.io.File.class);
    scalar(ScalarRule.Type.PATH, Path.class);
    scalar(ScalarRule.Type.INET_ADDRESS, InetAddress.class, Inet4Address.class, Inet6Address.class);
    scalar(ScalarRule.Type.STACK_TRACE_ELEMENT, StackTraceElement.class);
  }

  private static void addMutables() {
    mutable(MutableRule.Type.BYTES, byte[].class);
    mutable(MutableRule.Type.SHORTS, short[].class);
    mutable(MutableRule.Type.CHARS, char[].class);
    mutable(MutableRule.Type.INTS, int[].class);
    mutable(MutableRule.Type.LONGS, long[].class);
    mutable(MutableRule.Type.FLOATS, float[].class);
    mutable(MutableRule.Type.DOUBLES, double[].class);
    mutable(MutableRule.Type.BOOLEANS, boolean[].class);
    mutable(MutableRule.Type.STRING_BUILDER, StringBuilder.class);
    mutable(MutableRule.Type.STRING_BUFFER, StringBuffer.class);
    mutable(MutableRule.Type.DATE, Date.class);
    mutable(MutableRule.Type.CALENDAR, GregorianCalendar.class);
    mutable(MutableRule.Type.TIME_ZONE, TimeZone.class);
    mutable(MutableRule.Type.BIT_SET, BitSet.class);
    mutable(MutableRule.Type.ATOMIC_BOOLEAN, AtomicBoolean.class);
    mutable(MutableRule.Type.ATOMIC_INTEGER, AtomicInteger.class);
    mutable(MutableRule.Type.ATOMIC_LONG, AtomicLong.class);
    mutable(MutableRule.Type.ATOMIC_INTEGER_ARRAY, AtomicIntegerArray.class);
    mutable(MutableRule.Type.ATOMIC_LONG_ARRAY, AtomicLongArray.class);
    add(new ArrayRule(), Object[].class);
    add(new ArrayRule(), String[].class);
    add(new HolderRule(HolderRule.Type.OPTIONAL), Optional.class);
    add(new HolderRule(HolderRule.Type.ENTRY), Map.entry("", "").getClass());
    add(new HolderRule(HolderRule.Type.SIMPLE_ENTRY), AbstractMap.SimpleEntry.class);
    add(
        new HolderRule(HolderRule.Type.SIMPLE_IMMUTABLE_ENTRY),
        AbstractMap.SimpleImmutableEntry.class);
    add(new HolderRule(HolderRule.Type.ATOMIC_REFERENCE), AtomicReference.class);
  }

  private static void addCollections() {
    collection(CollectionRule.Type.ARRAY_LIST, ArrayList.class);
    collection(CollectionRule.Type.LINKED_LIST, LinkedList.class);
    collection(CollectionRule.Type.VECTOR, Vector.class);
    collection(CollectionRule.Type.STACK, Stack.class);
    collection(CollectionRule.Type.COPY_ON_WRITE_LIST, CopyOnWriteArrayList.class);
    collection(CollectionRule.Type.ARRAY_DEQUE, ArrayDeque.class);
    collection(CollectionRule.Type.CONCURRENT_LINKED_QUEUE, ConcurrentLinkedQueue.class);
    collection(CollectionRule.Type.CONCURRENT_LINKED_DEQUE, ConcurrentLinkedDeque.class);
    collection(CollectionRule.Type.HASH_SET, HashSet.class);
    collection(CollectionRule.Type.LINKED_HASH_SET, LinkedHashSet.class);
    collection(CollectionRule.Type.COPY_ON_WRITE_SET, CopyOnWriteArraySet.class);
    collection(CollectionRule.Type.CONCURRENT_SET, ConcurrentHashMap.KeySetView.class);
    collection(CollectionRule.Type.TREE_SET, TreeSet.class);
    collection(CollectionRule.Type.CONCURRENT_SKIP_LIST_SET, ConcurrentSkipListSet.class);
    collection(CollectionRule.Type.PRIORITY_QUEUE, PriorityQueue.class);
    Class<?> regularEnumSet = EnumSet.noneOf(CollectionRule.Type.class).getClass();
    add(
        new EnumCollectionRule(false),
        EnumSet.class,
        regularEnumSet,
        nested("java.util.JumboEnumSet"));
  }

  private static void addMaps() {
    map(MapRule.Type.HASH_MAP, HashMap.class);
    map(MapRule.Type.LINKED_HASH_MAP, LinkedHashMap.class);
    map(MapRule.Type.CONCURRENT_HASH_MAP, ConcurrentHashMap.class);
    map(MapRule.Type.HASHTABLE, Hashtable.class);
    map(MapRule.Type.PROPERTIES, Properties.class);
    map(MapRule.Type.TREE_MAP, TreeMap.class);
    map(MapRule.Type.CONCURRENT_SKIP_LIST_MAP, ConcurrentSkipListMap.class);
    add(new EnumCollectionRule(true), EnumMap.class);
  }

  private static void addImmutables() {
    immutable(
        ImmutableRule.Type.LIST_OF,
        List.of().getClass(),
        List.of(1).getClass(),
        List.of(1, 2, 3).subList(1, 2).getClass());
    immutable(ImmutableRule.Type.SET_OF, Set.of().getClass(), Set.of(1).getClass());
    immutable(ImmutableRule.Type.MAP_OF, Map.of().getClass(), Map.of(1, 1).getClass());
    immutable(ImmutableRule.Type.AS_LIST, Arrays.asList(1).getClass());
    immutable(ImmutableRule.Type.SINGLETON, Collections.singleton(1).getClass());
    immutable(ImmutableRule.Type.SINGLETON_LIST, Collections.singletonList(1).getClass());
    immutable(ImmutableRule.Type.SINGLETON_MAP, Collections.singletonMap(1, 1).getClass());
    immutable(ImmutableRule.Type.COPIES, Collections.nCopies(1, 1).getClass());
  }

  private static void addWrappers() {
    String unmodifiable = "java.util.Collections$UnmodifiableCollection";
    wrapper(WrapperRule.Type.UNMODIFIABLE_COLLECTION, unmodifiable, "UnmodifiableCollection");
    wrapper(
        WrapperRule.Type.UNMODIFIABLE_LIST,
        unmodifiable,
        "UnmodifiableList",
        "UnmodifiableRandomAccessList");
    wrapper(WrapperRule.Type.UNMODIFIABLE_SET, unmodifiable, "UnmodifiableSet");
    wrapper(WrapperRule.Type.UNMODIFIABLE_SORTED_SET, unmodifiable, "UnmodifiableSortedSet");
    wrapper(
        WrapperRule.Type.UNMODIFIABLE_NAVIGABLE_SET,
        unmodifiable,
        "UnmodifiableNavigableSet",
        "UnmodifiableNavigableSet$EmptyNavigableSet");
    String unmodifiableMap = "java.util.Collections$UnmodifiableMap";
    wrapper(WrapperRule.Type.UNMODIFIABLE_MAP, unmodifiableMap, "UnmodifiableMap");
    wrapper(WrapperRule.Type.UNMODIFIABLE_SORTED_MAP, unmodifiableMap, "UnmodifiableSortedMap");
    wrapper(
        WrapperRule.Type.UNMODIFIABLE_NAVIGABLE_MAP,
        unmodifiableMap,
        "UnmodifiableNavigableMap",
        "UnmodifiableNavigableMap$EmptyNavigableMap");
    String synchronizing = "java.util.Collections$SynchronizedCollection";
    wrapper(WrapperRule.Type.SYNCHRONIZED_COLLECTION, synchronizing, "SynchronizedCollection");
    wrapper(
        WrapperRule.Type.SYNCHRONIZED_LIST,
        synchronizing,
        "SynchronizedList",
        "SynchronizedRandomAccessList");
    wrapper(WrapperRule.Type.SYNCHRONIZED_SET, synchronizing, "SynchronizedSet");
    wrapper(WrapperRule.Type.SYNCHRONIZED_SORTED_SET, synchronizing, "SynchronizedSortedSet");
    wrapper(WrapperRule.Type.SYNCHRONIZED_NAVIGABLE_SET, synchronizing, "SynchronizedNavigableSet");
    String synchronizedMap = "java.util.Collections$SynchronizedMap";
    wrapper(WrapperRule.Type.SYNCHRONIZED_MAP, synchronizedMap, "SynchronizedMap");
    wrapper(WrapperRule.Type.SYNCHRONIZED_SORTED_MAP, synchronizedMap, "SynchronizedSortedMap");
    wrapper(
        WrapperRule.Type.SYNCHRONIZED_NAVIGABLE_MAP, synchronizedMap, "SynchronizedNavigableMap");
    wrapper(
        WrapperRule.Type.REVERSED_COMPARATOR,
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

  /** The module java.sql need not be there. */
  private static void addSql() {
    for (SqlRule.Type type : SqlRule.Type.values()) {
      add(new SqlRule(type), nested(type.className));
    }
  }

  private static void scalar(ScalarRule.Type type, Class<?>... classes) {
    add(new ScalarRule(type), classes);
  }

  private static void mutable(MutableRule.Type type, Class<?> runtimeClass) {
    add(new MutableRule(type), runtimeClass);
  }

  private static void collection(CollectionRule.Type type, Class<?> runtimeClass) {
    add(new CollectionRule(type), runtimeClass);
  }

  private static void map(MapRule.Type type, Class<?> runtimeClass) {
    add(new MapRule(type), runtimeClass);
  }

  private static void immutable(ImmutableRule.Type type, Class<?>... classes) {
    add(new ImmutableRule(type), classes);
  }

  private static void wrapper(WrapperRule.Type type, String declaring, String... names) {
    Class<?> declaringClass = nested(declaring);
    if (declaringClass == null) {
      TABLE.add(null);
      return;
    }
    @Nullable Class<?>[] classes = new @Nullable Class<?>[names.length];
    for (int i = 0; i < names.length; i++) {
      classes[i] = nested("java.util.Collections$" + names[i]);
    }
    add(new WrapperRule(type, declaringClass), classes);
  }

  private static void standIn(String field, String declaring, String... names) {
    Class<?> declaringClass = nested("java.util.Collections$" + declaring);
    if (declaringClass == null) {
      return;
    }
    UnwrapRule rule = new UnwrapRule(declaringClass, field);
    STAND_INS.put(declaringClass, KnownClass.ofApplication(declaringClass, rule, 0));
    for (String name : names) {
      Class<?> type = nested("java.util.Collections$" + name);
      if (type != null) {
        STAND_INS.put(type, KnownClass.ofApplication(type, rule, 0));
      }
    }
  }

  private static void constant(Object constant) {
    add(new ConstantRule(constant), constant.getClass());
  }

  /** Gives the rule the next number, even where none of its classes is there. */
  private static void add(Rule rule, @Nullable Class<?>... classes) {
    KnownClass known = null;
    for (Class<?> type : classes) {
      if (type != null) {
        if (known == null) {
          known = KnownClass.builtIn(type, rule, TABLE.size());
        }
        BY_CLASS.put(type, known);
      }
    }
    TABLE.add(known);
  }

  /** One of the JDK's classes that can't be named in the source, or null. */
  private static @Nullable Class<?> nested(String name) {
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

  /** Rules for the JDK's private classes. */
  private static @Nullable KnownClass byInterface(Class<?> type) {
    if (Charset.class.isAssignableFrom(type)) {
      return BY_CLASS.get(Charset.class);
    }
    if (Path.class.isAssignableFrom(type)) {
      return BY_CLASS.get(Path.class);
    }
    if (ZoneId.class.isAssignableFrom(type)) {
      return BY_CLASS.get(ZoneId.class);
    }
    if (type.getName().equals("sun.util.calendar.ZoneInfo")) {
      return BY_CLASS.get(TimeZone.class);
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
