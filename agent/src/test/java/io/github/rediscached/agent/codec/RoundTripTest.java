package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.*;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Values come back equal, of the same class, and as objects of their own. */
@SuppressWarnings({"JdkObsolete", "JavaUtilDate", "unused"}) // Users return old types too.
class RoundTripTest {

  enum Size {
    SMALL,
    LARGE {
      @Override
      boolean isLarge() {
        return true;
      }
    };

    boolean isLarge() {
      return false;
    }
  }

  enum Huge {
    A0,
    A1,
    A2,
    A3,
    A4,
    A5,
    A6,
    A7,
    A8,
    A9,
    B0,
    B1,
    B2,
    B3,
    B4,
    B5,
    B6,
    B7,
    B8,
    B9,
    C0,
    C1,
    C2,
    C3,
    C4,
    C5,
    C6,
    C7,
    C8,
    C9,
    D0,
    D1,
    D2,
    D3,
    D4,
    D5,
    D6,
    D7,
    D8,
    D9,
    E0,
    E1,
    E2,
    E3,
    E4,
    E5,
    E6,
    E7,
    E8,
    E9,
    F0,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    G0,
    G1,
    G2,
    G3,
    G4,
    G5,
    G6,
    G7,
    G8,
    G9
  }

  record Point(int x, long y, @Nullable String name, @Nullable Object any) {}

  record Box<T>(T content) {}

  record Empty() {}

  /** Fields of the same name in both classes, no default constructor, all private and final. */
  static class Base {
    private final int id;
    private final String name;

    Base(int id, String name) {
      this.id = id;
      this.name = name;
    }

    String baseName() {
      return id + name;
    }
  }

  static final class Derived extends Base {
    private final String name;
    private final boolean flag = Boolean.parseBoolean("true");
    private final byte aByte = (byte) -7;
    private final short aShort = -300;
    private final char aChar = '\uD800';
    private final float aFloat = Float.NaN;
    private final double aDouble = -0.0;
    private final long aLong = Long.MIN_VALUE;
    private final @Nullable Integer boxed = null;
    private final @Nullable UUID uuid;
    private final @Nullable LocalDate date = LocalDate.MAX;
    private final Size size = Size.LARGE;
    private final int[] numbers = {1, 2};
    transient int cachedHash = 17;

    Derived(int id, String baseName, String name) {
      super(id, baseName);
      if (name.isEmpty()) {
        throw new IllegalArgumentException();
      }
      this.name = name;
      this.uuid = new UUID(1, 2);
    }

    String everything() {
      return baseName()
          + name
          + flag
          + aByte
          + aShort
          + (int) aChar
          + aFloat
          + aDouble
          + aLong
          + boxed
          + uuid
          + date
          + size
          + numbers[1];
    }
  }

  static final class Outer {
    private final String name;

    Outer(String name) {
      this.name = name;
    }

    final class Inner {
      int count;

      String text() {
        return name + count;
      }
    }
  }

  static final class ByLength implements Comparator<String>, java.io.Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(String a, String b) {
      return Integer.compare(a.length(), b.length());
    }
  }

  static final class Node {
    @Nullable Node next;
    @Nullable Object value;
  }

  static final class Parent {
    final Set<Child> children = new HashSet<>();
    final Map<Child, Parent> byChild = new HashMap<>();
    final String zName;

    Parent(String name) {
      this.zName = name;
    }

    @Override
    public int hashCode() {
      return zName.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Parent that && zName.equals(that.zName);
    }
  }

  /** Its hash needs the parent's, which in a cycle is not read yet when the child is. */
  static final class Child {
    final Parent parent;
    final int number;

    Child(Parent parent, int number) {
      this.parent = parent;
      this.number = number;
    }

    @Override
    public int hashCode() {
      return parent.hashCode() + number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Child that && number == that.number && parent.equals(that.parent);
    }
  }

  static final class OrderException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int orderId;
    final List<String> reasons;

    OrderException(int orderId, List<String> reasons, Throwable cause) {
      super("order " + orderId, cause);
      this.orderId = orderId;
      this.reasons = reasons;
    }
  }

  /** Makes the classes of this test reachable from a declaration. */
  @SuppressWarnings("NullAway.Init")
  static final class Everything {
    Size size;
    Huge huge;
    ByLength byLength;
    Point point;
  }

  /** The type {@code Map<K, V>} of a method's result. */
  private static ParameterizedType mapOf(Class<?> key, Class<?> value) {
    return new ParameterizedType() {
      @Override
      public Type[] getActualTypeArguments() {
        return new Type[] {key, value};
      }

      @Override
      public Type getRawType() {
        return Map.class;
      }

      @Override
      public @Nullable Type getOwnerType() {
        return null;
      }
    };
  }

  private record Case(String name, Object value, Function<Object, Object> view) {}

  private final List<Case> cases = new ArrayList<>();

  private void same(String name, Object value) {
    cases.add(new Case(name, value, Function.identity()));
  }

  private <T> void by(String name, T value, Function<T, Object> view) {
    @SuppressWarnings("unchecked")
    Function<Object, Object> untyped = (Function<Object, Object>) view;
    cases.add(new Case(name, value, untyped));
  }

  @TestFactory
  Stream<DynamicTest> scalarsComeBack() throws Exception {
    for (Object value :
        new Object[] {
          true,
          (byte) -1,
          (short) 300,
          '\uDFFF',
          42,
          Integer.MIN_VALUE,
          42L,
          Long.MIN_VALUE,
          1.5f,
          Float.NaN,
          -0.0,
          Double.POSITIVE_INFINITY,
          "",
          "text",
          "g\u00fcnstig",
          "\u4f60\uD83D\uDE00",
          "unpaired \uD800",
          "x".repeat(100_000),
          "\u0416".repeat(50_000),
          BigInteger.ONE.shiftLeft(300).negate(),
          BigInteger.ZERO,
          new BigDecimal("1.00"),
          new BigDecimal("-1E+1000"),
          new BigDecimal("0.000"),
          new BigDecimal("-0.01"),
          new BigDecimal("127.5"),
          new BigDecimal("-32769"),
          BigDecimal.valueOf(Long.MIN_VALUE, 3),
          BigDecimal.valueOf(Long.MAX_VALUE, -3),
          BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE),
          new UUID(5, -6),
          Instant.MAX,
          Instant.EPOCH,
          LocalDate.MIN,
          LocalTime.MAX,
          LocalDateTime.MAX,
          OffsetDateTime.MIN,
          OffsetTime.MAX,
          ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")),
          ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
              .withLaterOffsetAtOverlap(),
          ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(3)),
          Duration.ofSeconds(-5, 3),
          Period.of(1, -2, 3),
          Year.of(-5),
          YearMonth.of(2026, 2),
          MonthDay.of(2, 29),
          ZoneOffset.ofTotalSeconds(-3601),
          ZoneId.of("UTC"),
          ZoneId.of("America/New_York"),
          JapaneseDate.of(2026, 1, 2),
          HijrahDate.of(1447, 5, 5),
          DayOfWeek.MONDAY,
          Month.MAY,
          ChronoUnit.DAYS,
          TimeUnit.HOURS,
          RoundingMode.HALF_EVEN,
          URI.create("http://h/p?q#f"),
          Locale.GERMANY,
          Locale.ROOT,
          new Locale("ja", "JP", "JP"),
          new Locale("no", "NO", "NY"),
          new Locale.Builder().setLanguage("zh").setScript("Hans").build(),
          Currency.getInstance("EUR"),
          StandardCharsets.UTF_8,
          Charset.forName("ISO-8859-15"),
          String.class,
          int.class,
          List.class,
          String[].class,
          int[][].class,
          Point.class,
          MathContext.DECIMAL64,
          OptionalInt.of(3),
          OptionalInt.empty(),
          OptionalLong.of(-3),
          OptionalLong.empty(),
          OptionalDouble.of(0.5),
          OptionalDouble.empty(),
          new File("a/b.txt"),
          Path.of("a", "b"),
          InetAddress.getByAddress(new byte[] {10, 0, 0, 1}),
          InetAddress.getByAddress("h.example", new byte[16]),
          new StackTraceElement("app", "m", "1", "C", "run", "C.java", -2),
          Size.SMALL,
          Size.LARGE,
        }) {
      String text = value.toString();
      same(
          value.getClass().getSimpleName() + " " + text.substring(0, Math.min(40, text.length())),
          value);
    }
    by("URL", new URL("https://example.org/a"), URL::toExternalForm);
    by("Pattern", Pattern.compile("a+", Pattern.CASE_INSENSITIVE), p -> p.pattern() + p.flags());
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> mutableValuesAndArraysComeBack() {
    by("StringBuilder", new StringBuilder("abc"), StringBuilder::toString);
    by("StringBuffer", new StringBuffer("abc"), StringBuffer::toString);
    same("Date", new Date(5));
    same("sql Timestamp", timestamp());
    same("sql Date", new java.sql.Date(86_400_000));
    same("sql Time", new java.sql.Time(1000));
    Calendar calendar = new GregorianCalendar(2026, Calendar.MAY, 5);
    calendar.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
    calendar.setFirstDayOfWeek(Calendar.WEDNESDAY);
    same("Calendar", calendar);
    same("TimeZone", TimeZone.getTimeZone("Europe/Paris"));
    same("TimeZone by offset", TimeZone.getTimeZone("GMT+05:30"));
    same("BitSet", BitSet.valueOf(new long[] {5, 1L << 63}));
    by("AtomicBoolean", new AtomicBoolean(true), AtomicBoolean::get);
    by("AtomicInteger", new AtomicInteger(-5), AtomicInteger::get);
    by("AtomicLong", new AtomicLong(Long.MAX_VALUE), AtomicLong::get);
    by("AtomicReference", new AtomicReference<>(List.of(1)), AtomicReference::get);
    by("AtomicIntegerArray", new AtomicIntegerArray(new int[] {1, -2}), Object::toString);
    by("AtomicLongArray", new AtomicLongArray(new long[] {1, -2}), Object::toString);
    by("byte[]", new byte[] {1, -1}, Arrays::toString);
    by("short[]", new short[] {1, -1}, Arrays::toString);
    by("char[]", new char[] {'a', '\uD800'}, Arrays::toString);
    by("int[]", new int[] {1, Integer.MIN_VALUE}, Arrays::toString);
    by("long[]", new long[] {1, Long.MIN_VALUE}, Arrays::toString);
    by("float[]", new float[] {1, Float.NaN}, Arrays::toString);
    by("double[]", new double[] {-0.0}, Arrays::toString);
    by("boolean[]", new boolean[] {true, false}, Arrays::toString);
    by("empty int[]", new int[0], Arrays::toString);
    by("Object[]", new @Nullable Object[] {1, "a", null, new int[] {2}}, Arrays::deepToString);
    by("String[]", new @Nullable String[] {"a", null}, Arrays::toString);
    by("int[][]", new int[][] {{1}, {}, {2, 3}}, Arrays::deepToString);
    by("String[][][]", new String[][][] {{{"a"}}}, Arrays::deepToString);
    by("Point[]", new Point[] {new Point(1, 2, "a", null)}, Arrays::toString);
    by("Size[]", new Size[] {Size.LARGE}, Arrays::toString);
    by("List[]", new List<?>[] {List.of(1)}, Arrays::toString);
    by("Comparable[]", new Comparable<?>[] {1, "a"}, Arrays::toString);
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> collectionsComeBack() {
    List<@Nullable Object> mixed = new ArrayList<>(Arrays.asList(1, "a", null, 2.5, List.of(3)));
    same("ArrayList", mixed);
    same("empty ArrayList", new ArrayList<>());
    same("LinkedList", new LinkedList<>(mixed));
    same("Vector", new Vector<>(mixed));
    Stack<Integer> stack = new Stack<>();
    stack.push(1);
    same("Stack", stack);
    same("CopyOnWriteArrayList", new CopyOnWriteArrayList<>(mixed));
    by("ArrayDeque", new ArrayDeque<>(List.of(1, 2)), ArrayList::new);
    by("ConcurrentLinkedQueue", new ConcurrentLinkedQueue<>(List.of(1, 2)), ArrayList::new);
    by("ConcurrentLinkedDeque", new ConcurrentLinkedDeque<>(List.of(1, 2)), ArrayList::new);
    same("HashSet", new HashSet<>(mixed));
    by("LinkedHashSet", new LinkedHashSet<>(List.of(9, 1, 5)), ArrayList::new);
    same("CopyOnWriteArraySet", new CopyOnWriteArraySet<>(mixed));
    Set<Integer> concurrentSet = ConcurrentHashMap.newKeySet();
    concurrentSet.add(1);
    same("ConcurrentHashMap.newKeySet", concurrentSet);
    same("TreeSet", new TreeSet<>(List.of(3, 1)));
    by("TreeSet reversed", treeSet(Comparator.reverseOrder()), ArrayList::new);
    by("TreeSet case insensitive", treeSet(String.CASE_INSENSITIVE_ORDER), s -> s.contains("BB"));
    by("TreeSet by application's comparator", treeSet(new ByLength()), s -> s.contains("xx"));
    by("TreeSet by reversed comparator", treeSet(new ByLength().reversed()), ArrayList::new);
    same("ConcurrentSkipListSet", new ConcurrentSkipListSet<>(List.of(3, 1)));
    PriorityQueue<String> queue = new PriorityQueue<>(Comparator.reverseOrder());
    queue.addAll(List.of("a", "c", "b", "e", "d"));
    by("PriorityQueue", queue, RoundTripTest::drained);
    by("empty PriorityQueue", new PriorityQueue<String>(), RoundTripTest::drained);
    same("EnumSet", EnumSet.of(Size.LARGE));
    same("empty EnumSet", EnumSet.noneOf(Size.class));
    same("large EnumSet", EnumSet.of(Huge.A0, Huge.G9));
    same("empty large EnumSet", EnumSet.noneOf(Huge.class));
    same("List.of()", List.of());
    same("List.of(1)", List.of(1));
    same("List.of(many)", List.of(1, 2, 3));
    same("Stream.toList with null", Stream.of(1, null).toList());
    same("Set.of()", Set.of());
    same("Set.of(1)", Set.of(1));
    same("Set.of(many)", Set.of(1, 2, 3));
    same("List.copyOf", List.copyOf(List.of("a", "b")));
    same("emptyList", Collections.emptyList());
    same("emptySet", Collections.emptySet());
    same("emptySortedSet", Collections.emptySortedSet());
    same("singleton", Collections.singleton(1));
    same("singletonList", Collections.singletonList(1));
    same("nCopies", Collections.nCopies(1_000_000_000, "x").subList(0, 3));
    same("huge nCopies", Collections.nCopies(1000, "x"));
    same("Arrays.asList", Arrays.asList(1, null));
    by("unmodifiableCollection", Collections.unmodifiableCollection(mixed), ArrayList::new);
    same("unmodifiableList", Collections.unmodifiableList(mixed));
    same("unmodifiableList of LinkedList", Collections.unmodifiableList(new LinkedList<>(mixed)));
    same("unmodifiableSet", Collections.unmodifiableSet(new HashSet<>(mixed)));
    by(
        "unmodifiableSet with an order of its own",
        Collections.unmodifiableSet(treeSet(String.CASE_INSENSITIVE_ORDER)),
        s -> s.contains("BB"));
    same("unmodifiableSortedSet", Collections.unmodifiableSortedSet(new TreeSet<>(List.of(2, 1))));
    same(
        "unmodifiableNavigableSet",
        Collections.unmodifiableNavigableSet(new TreeSet<>(List.of(2))));
    by("synchronizedCollection", Collections.synchronizedCollection(mixed), ArrayList::new);
    same("synchronizedList", Collections.synchronizedList(mixed));
    same("synchronizedSet", Collections.synchronizedSet(new HashSet<>(mixed)));
    same("synchronizedSortedSet", Collections.synchronizedSortedSet(new TreeSet<>(List.of(2, 1))));
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> mapsComeBack() {
    Map<@Nullable String, @Nullable Object> mixed = new HashMap<>();
    mixed.put("a", 1);
    mixed.put(null, List.of(2));
    mixed.put("n", null);
    same("HashMap", mixed);
    same("empty HashMap", new HashMap<>());
    Map<String, Integer> linked = new LinkedHashMap<>();
    linked.put("z", 1);
    linked.put("a", 2);
    by("LinkedHashMap", linked, m -> new ArrayList<>(m.entrySet()));
    LinkedHashMap<String, Integer> accessOrder = new LinkedHashMap<>(16, 0.75f, true);
    accessOrder.putAll(linked);
    by("LinkedHashMap in access order", accessOrder, RoundTripTest::keysAfterAccess);
    same("ConcurrentHashMap", new ConcurrentHashMap<>(linked));
    same("Hashtable", new Hashtable<>(linked));
    Properties properties = new Properties(new Properties());
    properties.setProperty("k", "v");
    same("Properties", properties);
    Properties withDefaults = new Properties(properties);
    by("Properties with defaults", withDefaults, p -> String.valueOf(p.getProperty("k")));
    same("TreeMap", new TreeMap<>(linked));
    TreeMap<String, Integer> reversed = new TreeMap<>(Collections.reverseOrder());
    reversed.putAll(linked);
    by("TreeMap reversed", reversed, m -> new ArrayList<>(m.keySet()));
    same("ConcurrentSkipListMap", new ConcurrentSkipListMap<>(linked));
    same("EnumMap", new EnumMap<>(Map.of(Size.LARGE, 1)));
    same("empty EnumMap", new EnumMap<Size, String>(Size.class));
    same("Map.of()", Map.of());
    same("Map.of(1)", Map.of("a", 1));
    same("Map.of(many)", Map.of("a", 1, "b", 2, "c", 3));
    same("emptyMap", Collections.emptyMap());
    same("emptyNavigableMap", Collections.emptyNavigableMap());
    same("singletonMap", Collections.singletonMap("a", null));
    same("unmodifiableMap", Collections.unmodifiableMap(mixed));
    same("unmodifiableSortedMap", Collections.unmodifiableSortedMap(new TreeMap<>(linked)));
    same("unmodifiableNavigableMap", Collections.unmodifiableNavigableMap(new TreeMap<>(linked)));
    same("synchronizedMap", Collections.synchronizedMap(linked));
    same("synchronizedSortedMap", Collections.synchronizedSortedMap(new TreeMap<>(linked)));
    same("Map.entry", Map.entry("a", 1));
    same("SimpleEntry", new AbstractMap.SimpleEntry<>("a", null));
    same("SimpleImmutableEntry", new AbstractMap.SimpleImmutableEntry<>("a", null));
    return tests();
  }

  @TestFactory
  Stream<DynamicTest> objectsComeBack() {
    same("Optional", Optional.of(List.of(1)));
    same("empty Optional", Optional.empty());
    same("record", new Point(1, -2, "n", List.of(new Point(3, 4, null, 'c'))));
    same("generic record", new Box<>(new Box<>(1)));
    same("empty record", new Empty());
    by("object without default constructor", new Derived(1, "b", "d"), Derived::everything);
    Outer.Inner inner = new Outer("o").new Inner();
    inner.count = 3;
    by("inner class", inner, Outer.Inner::text);
    return tests();
  }

  private Stream<DynamicTest> tests() {
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name, () -> check(c)));
  }

  private static void check(Case c) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    byte[] bytes = Codecs.write(format, c.value);
    Object back = present(Codecs.read(format, bytes));
    assertEquals(c.view.apply(c.value), c.view.apply(back));
    assertEquals(c.value.getClass(), plainClassOf(c.value, back));
    if (isMutable(c.value)) {
      assertNotSame(c.value, back);
    }
    assertEquals(bytes.length, Codecs.write(format, back).length, "written again");

    Object elsewhere =
        Codecs.read(Codecs.formatOf(mapOf(c.value.getClass(), Everything.class)), bytes);
    assertEquals(c.view.apply(c.value), c.view.apply(present(elsewhere)));
    checkCopy(c, bytes, format);
  }

  /** A copy is what is read, to the last byte. */
  private static void checkCopy(Case c, byte[] bytes, ValueFormat format) throws Exception {
    Master master = Codecs.master(format, bytes);
    if (c.value instanceof URL) {
      assertNull(master);
      return;
    }
    Object original = present(Codecs.read(format, bytes));
    for (int i = 0; i < 2; i++) {
      Object copy = present(master).copy();
      assertEquals(c.view.apply(c.value), c.view.apply(copy));
      assertSame(original.getClass(), copy.getClass());
      assertArrayEquals(Codecs.write(format, original), Codecs.write(format, copy));
      if (isMutable(c.value)) {
        assertNotSame(copy, present(master).copy());
      }
    }
  }

  /** Sub-lists are documented to come back as an ArrayList. */
  private static Class<?> plainClassOf(Object value, Object back) {
    return value.getClass().getSimpleName().contains("SubList")
            || value.getClass().getSimpleName().startsWith("Empty")
        ? value.getClass()
        : back.getClass();
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static boolean isMutable(Object value) {
    return value.getClass().getSimpleName().matches("ArrayList|HashMap|Date|Derived|int\\[]");
  }

  private static Object keysAfterAccess(Map<String, Integer> map) {
    Map<?, ?> copy = (Map<?, ?>) ((LinkedHashMap<?, ?>) map).clone();
    List<Object> before = List.copyOf(copy.keySet());
    copy.get(before.get(0));
    return List.of(before, List.copyOf(copy.keySet()));
  }

  private static Object drained(Queue<String> queue) {
    Queue<String> copy = new PriorityQueue<>((PriorityQueue<String>) queue);
    List<String> drained = new ArrayList<>();
    while (!copy.isEmpty()) {
      drained.add(copy.remove());
    }
    return drained;
  }

  private static NavigableSet<String> treeSet(Comparator<? super String> comparator) {
    NavigableSet<String> set = new TreeSet<>(comparator);
    set.addAll(List.of("a", "bb", "ccc"));
    return set;
  }

  private static java.sql.Timestamp timestamp() {
    java.sql.Timestamp timestamp = new java.sql.Timestamp(1_790_000_000_123L);
    timestamp.setNanos(123_456_789);
    return timestamp;
  }

  private static <T> T copy(T value) throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    @SuppressWarnings("unchecked")
    T back = (T) Codecs.read(format, Codecs.write(format, value));
    return Objects.requireNonNull(back);
  }

  @Test
  void nullComesBackAsNull() throws Exception {
    ValueFormat format = Codecs.formatOf(String.class);
    byte[] bytes = Codecs.write(format, null);
    assertEquals(Codecs.HEADROOM + 1, bytes.length);
    assertNull(Codecs.read(format, bytes));
  }

  @Test
  void viewsComeBackAsPlainEqualCollections() throws Exception {
    TreeMap<String, Integer> tree = new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3));
    Map<String, Integer> linked = new LinkedHashMap<>(tree);
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    Object[][] viewsAndKinds = {
      {list.subList(1, 3), ArrayList.class},
      {new LinkedList<>(list).subList(1, 3), ArrayList.class},
      {new HashMap<>(tree).keySet(), LinkedHashSet.class},
      {linked.keySet(), LinkedHashSet.class},
      {linked.entrySet(), LinkedHashSet.class},
      {tree.keySet(), TreeSet.class},
      {tree.entrySet(), LinkedHashSet.class},
      {tree.headMap("c"), TreeMap.class},
      {tree.descendingMap(), TreeMap.class},
      {tree.navigableKeySet().descendingSet(), TreeSet.class},
      {new ConcurrentSkipListMap<>(tree).tailMap("b"), ConcurrentSkipListMap.class},
      {Collections.checkedList(list, Integer.class), ArrayList.class},
      {Collections.checkedMap(linked, String.class, Integer.class), LinkedHashMap.class},
      {Collections.newSetFromMap(new HashMap<>()), LinkedHashSet.class},
      {linked.entrySet().iterator().next(), AbstractMap.SimpleEntry.class},
    };
    for (Object[] viewAndKind : viewsAndKinds) {
      Object back = copy(viewAndKind[0]);
      assertEquals(viewAndKind[0], back);
      assertEquals(viewAndKind[1], back.getClass(), () -> viewAndKind[0].getClass().getName());
    }
    assertEquals(List.of(1, 2, 3), copy(linked.values()));
    assertEquals(List.of("c", "b", "a"), List.copyOf(copy(tree.descendingMap()).keySet()));
  }

  @Test
  void immutableCollectionsStayImmutable() throws Exception {
    for (Collection<Integer> immutable :
        List.of(
            List.of(1, 2, 3),
            List.of(1, 2, 3).subList(0, 2),
            Set.of(1),
            Stream.of(1).toList(),
            Collections.unmodifiableList(new ArrayList<>(List.of(1))),
            Collections.unmodifiableCollection(new ArrayList<>(List.of(1))))) {
      Collection<Integer> back = copy(immutable);
      assertThrows(UnsupportedOperationException.class, () -> back.add(4));
    }
    Map<String, Integer> back = copy(Map.of("a", 1));
    assertThrows(UnsupportedOperationException.class, () -> back.put("b", 2));
  }

  @Test
  void cyclesAndSharedReferencesAreKept() throws Exception {
    Node node = new Node();
    node.next = node;
    List<Object> list = new ArrayList<>();
    list.add(list);
    node.value = new Object[] {list, list, node};

    Node back = copy(node);

    assertSame(back, back.next);
    Object[] array = assertInstanceOf(Object[].class, back.value);
    assertSame(array[0], array[1]);
    assertSame(array[0], ((List<?>) array[0]).get(0));
    assertSame(back, array[2]);
  }

  @Test
  void elementThatLeadsBackToItsSetIsFoundInItAgain() throws Exception {
    Parent parent = new Parent("p");
    for (int i = 0; i < 20; i++) {
      Child child = new Child(parent, i);
      parent.children.add(child);
      parent.byChild.put(child, parent);
    }

    Parent back = copy(parent);

    assertEquals(parent.children, back.children);
    assertEquals(20, back.byChild.size());
    for (Child child : back.children) {
      assertTrue(back.children.contains(child));
      assertSame(back, back.byChild.get(child));
    }
    List<Object> laterSet = new ArrayList<>(List.of(parent, new HashSet<>(parent.children)));
    List<Object> laterBack = copy(laterSet);
    assertTrue(((Set<?>) laterBack.get(1)).contains(new Child(parent, 7)));
  }

  @Test
  void exceptionComesBackWithItsStackTraceCauseAndFields() throws Exception {
    ValueFormat format = Codecs.formatOf(String.class, OrderException.class);
    Exception cause = new IOException("disk", new UnknownHostException("h"));
    OrderException thrown = new OrderException(7, List.of("r"), cause);
    thrown.addSuppressed(new IllegalStateException());
    byte[] bytes = Codecs.write(format, thrown);

    Object read = Codecs.read(Codecs.formatOf(String.class, OrderException.class), bytes);

    OrderException back = assertInstanceOf(OrderException.class, read);
    assertEquals("order 7", back.getMessage());
    assertEquals(7, back.orderId);
    assertEquals(List.of("r"), back.reasons);
    assertArrayEquals(thrown.getStackTrace(), back.getStackTrace());
    Throwable causeBack = Objects.requireNonNull(back.getCause());
    assertEquals("java.io.IOException: disk", causeBack.toString());
    assertInstanceOf(UnknownHostException.class, causeBack.getCause());
    assertNull(back.getSuppressed()[0].getMessage());
    back.getSuppressed()[0].initCause(back);
    back.addSuppressed(new IllegalStateException());
    assertEquals(2, back.getSuppressed().length);
  }

  @Test
  void transientFieldsThatTheConstructorSetsComeBack() throws Exception {
    assertEquals(17, copy(new Derived(1, "b", "d")).cachedHash);
  }

  @Test
  void longListsAreNotDeep() throws Exception {
    List<Integer> numbers = new LinkedList<>();
    for (int i = 0; i < 100_000; i++) {
      numbers.add(i);
    }
    assertEquals(numbers, copy(numbers));
  }

  @Test
  void chainOfManyObjectsIsRefusedRatherThanOverflowingTheStack() {
    Node first = new Node();
    Node last = first;
    for (int i = 0; i < 100_000; i++) {
      last.next = new Node();
      last = last.next;
    }
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(Codecs.formatOf(Node.class), first));
    assertEquals(UncacheableValueException.Kind.UNSUPPORTED, refused.kind());
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                " objects nested deeper than 256, such as a chain of objects that each hold the"
                    + " next one. Hold them in a list."),
        refused.getMessage());
  }

  @Test
  void writingStopsAtTheGreatestSize() throws Exception {
    ValueFormat format = Codecs.formatOf(Object.class);
    List<String> large = Collections.nCopies(100, "x".repeat(1000)).stream().toList();
    UncacheableValueException refused =
        assertThrows(UncacheableValueException.class, () -> format.write(null, 0, large, 50_000));
    assertEquals(UncacheableValueException.Kind.TOO_LARGE, refused.kind());
    assertEquals("The value needs more than 50000 bytes.", refused.getMessage());
    for (String tooLarge : List.of("x".repeat(9), "\u0416".repeat(5))) {
      assertThrows(UncacheableValueException.class, () -> format.write(null, 0, tooLarge, 10));
    }
    assertEquals(4, format.write(null, 3, null, Long.MAX_VALUE).length);
    byte[] exact = format.write(null, 3, "x".repeat(8), 10);
    assertEquals(13, exact.length);
    assertEquals("x".repeat(8), format.read(exact, 3, 13));
    assertFalse(large.isEmpty());
  }
}
