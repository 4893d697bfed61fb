package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({
  "DoubleBraceInitialization",
  "JavaUtilDate",
  "JdkObsolete",
  "UnnecessaryStringBuilder"
}) // Applications use such classes.
class DigestKeyTest {

  private static final KeyPlan ONE_OBJECT = ReadableKeyTest.plan(Object.class);

  private static String keyOf(@Nullable Object argument) throws UnkeyableException {
    return ReadableKeyTest.text(ONE_OBJECT.key(null, new @Nullable Object[] {argument}));
  }

  /** A pinned digest: it must never change, or all entries of all users are lost at an update. */
  @Test
  void theFormatOfTheCanonicalBytesIsFixed() throws UnkeyableException {
    List<Object> everything =
        List.of(
            1,
            2L,
            (short) 3,
            (byte) 4,
            '5',
            6.0,
            7.0f,
            true,
            "ü\ud800",
            TimeUnit.DAYS,
            new BigDecimal("1.50"),
            new UUID(1, 2),
            LocalDate.of(2024, 2, 29),
            Optional.of("x"),
            new int[] {1, -1},
            new String[] {"a"},
            Map.of("k", Set.of(1, 2)),
            new Point(1, 2));

    assertEquals("shop:products:#049f8c08b978ce830232016c9da4bc65", keyOf(everything));
  }

  record Point(int x, int y) {}

  record Name(String text) {}

  record Title(String text) {}

  static class WithoutEquals {
    final @Nullable Object value;
    private transient int seen;

    WithoutEquals(@Nullable Object value) {
      this.value = value;
      see();
    }

    private int see() {
      seen = System.identityHashCode(this);
      return seen;
    }
  }

  static class Base {
    private final int number;

    Base(int number) {
      this.number = number;
    }

    int baseNumber() {
      return number;
    }
  }

  static class Derived extends Base {
    private final int number;

    Derived(int base, int number) {
      super(base);
      this.number = number;
    }

    int ownNumber() {
      return number;
    }
  }

  static final class IgnoresCase {
    final String text;

    IgnoresCase(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof IgnoresCase that && text.equalsIgnoreCase(that.text);
    }

    @Override
    public int hashCode() {
      return text.toLowerCase(Locale.ROOT).hashCode();
    }
  }

  static final class Page extends ArrayList<String> {
    final int number;

    Page(int number, String... elements) {
      super(Arrays.asList(elements));
      this.number = number;
    }
  }

  enum Shape {
    ROUND,
    SQUARE {
      @Override
      int corners() {
        return 4;
      }
    };

    int corners() {
      return 0;
    }
  }

  enum Other {
    ROUND
  }

  static final class Primitives {
    final boolean a = true;
    final byte b;
    final short c = 3;
    final char d = 'd';
    final float e = 5;
    final double f = 6;
    final long g = 7;
    final int h = 8;

    Primitives(byte b) {
      this.b = b;
    }
  }

  /** Each value differs from each other one. */
  static List<@Nullable Object> differentValues() throws Exception {
    return Arrays.asList(
        null,
        "null",
        "",
        "42",
        42,
        42L,
        (short) 42,
        (byte) 42,
        (char) 42,
        42.0,
        42.0f,
        new BigInteger("42"),
        new BigDecimal("42"),
        new BigDecimal("42.0"),
        new AtomicInteger(42),
        new AtomicLong(42),
        new AtomicReference<>(42),
        new AtomicBoolean(true),
        new AtomicIntegerArray(new int[] {42}),
        new AtomicLongArray(new long[] {42}),
        new AtomicReferenceArray<>(new Object[] {42}),
        0.0,
        -0.0,
        Double.NaN,
        0.0f,
        -0.0f,
        Float.NaN,
        true,
        false,
        "true",
        "a,b",
        "a\u0000b",
        "\ud800",
        "\udc00",
        "\udc00\ud800",
        "\ud800\udc00",
        "?",
        "x".repeat(1 << 20),
        "x".repeat((1 << 20) - 1) + "y",
        new StringBuilder("42"),
        new Object[0],
        new Object[] {null},
        new Object[] {null, null},
        new Object[] {"a", "b"},
        new Object[] {"a,b"},
        new Object[] {new Object[] {"a"}, "b"},
        new Object[] {new Object[] {"a", "b"}},
        new String[] {"a", "b"},
        new String[0],
        new String[0][0],
        new int[0],
        new int[] {1, 2},
        new long[] {1, 2},
        new short[] {1, 2},
        new byte[] {1, 2},
        new char[] {1, 2},
        new float[] {1, 2},
        new double[] {1, 2},
        new boolean[] {true, false},
        new Integer[] {1, 2},
        List.of(),
        List.of(1, 2),
        List.of(2, 1),
        List.of(1L, 2L),
        List.of(List.of(1, 2)),
        List.of(List.of(1), 2),
        Arrays.asList(1, null),
        Set.of(),
        Set.of(1, 2),
        Set.of(Set.of(1), 2),
        Map.of(),
        Map.of(1, 2),
        Map.of(2, 1),
        Map.of("a", Map.of(1, 2)),
        Collections.singletonMap("a", null),
        Collections.singletonMap(null, "a"),
        new ArrayDeque<>(List.of(1, 2)),
        new Page(1, "a"),
        new Page(2, "a"),
        List.of("a"),
        Map.entry(1, 2),
        Map.entry(2, 1),
        Optional.empty(),
        Optional.of(1),
        Optional.of(Optional.of(1)),
        OptionalInt.empty(),
        OptionalInt.of(0),
        OptionalLong.of(0),
        OptionalDouble.of(0),
        Shape.ROUND,
        Shape.SQUARE,
        Other.ROUND,
        Shape.class,
        int.class,
        Integer.class,
        "int",
        new Point(1, 2),
        new Point(2, 1),
        new Name("a"),
        new Title("a"),
        new WithoutEquals("a"),
        new WithoutEquals(null),
        new Base(1),
        new Derived(1, 2),
        new Derived(2, 1),
        new IgnoresCase("a"),
        new IgnoresCase("A"),
        new Primitives((byte) 1),
        new Primitives((byte) 2),
        new UUID(1, 2),
        new UUID(2, 1),
        URI.create("http://localhost"),
        URI.create("http://localhost").toURL(),
        URI.create("http://127.0.0.1").toURL(),
        new File("a"),
        Path.of("a"),
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
        Locale.GERMAN,
        Locale.GERMANY,
        Locale.forLanguageTag("de-DE-u-co-phonebk"),
        Locale.forLanguageTag("zh-Hant"),
        Currency.getInstance("EUR"),
        Pattern.compile("a"),
        Pattern.compile("a", Pattern.CASE_INSENSITIVE),
        StandardCharsets.UTF_8,
        StandardCharsets.UTF_16,
        BitSet.valueOf(new long[] {5}),
        new BitSet(),
        new Date(1),
        new Date(2),
        new java.sql.Date(1),
        new java.sql.Time(1),
        new Timestamp(1),
        timestamp(1, 1_000_001),
        Instant.ofEpochMilli(1),
        LocalDate.of(2024, 2, 29),
        JapaneseDate.of(2024, 2, 29),
        HijrahDate.from(LocalDate.of(2024, 2, 29)),
        calendar("UTC"),
        calendar("Europe/Paris"),
        TimeZone.getTimeZone("UTC"),
        TimeZone.getTimeZone("Europe/Paris"),
        ZoneId.of("UTC"),
        ZoneId.of("Europe/Paris"),
        properties(null),
        properties("x"),
        new QName("urn:a", "b"),
        new QName("urn:b", "b"),
        DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar("2026-02-28"),
        DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar("2026-02-28Z"),
        DatatypeFactory.newDefaultInstance().newDuration("P1D"),
        ByteBuffer.wrap(new byte[] {1, 2}),
        ByteBuffer.wrap(new byte[] {1, 2}).order(ByteOrder.LITTLE_ENDIAN),
        sumOf(42),
        IntStream.of(42).summaryStatistics(),
        LongStream.of(42).summaryStatistics(),
        publicKey(1),
        publicKey(2));
  }

  private static LongAdder sumOf(long sum) {
    LongAdder adder = new LongAdder();
    adder.add(sum);
    return adder;
  }

  private static PublicKey publicKey(int number) throws GeneralSecurityException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(1023).add(BigInteger.valueOf(2L * number + 1));
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
  }

  private static Timestamp timestamp(long epochMillis, int nanos) {
    Timestamp timestamp = new Timestamp(epochMillis);
    timestamp.setNanos(nanos);
    return timestamp;
  }

  private static Calendar calendar(String zone) {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone(zone), Locale.GERMANY);
    calendar.setTimeInMillis(1);
    return calendar;
  }

  private static Properties properties(@Nullable String defaultValue) {
    Properties defaults = new Properties();
    if (defaultValue != null) {
      defaults.setProperty("a", defaultValue);
    }
    Properties properties = new Properties(defaults);
    properties.setProperty("b", "1");
    return properties;
  }

  @Test
  void differentArgumentsHaveDifferentKeys() throws Exception {
    List<@Nullable Object> values = differentValues();
    Map<String, Integer> indexByKey = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Integer other = indexByKey.put(keyOf(values.get(i)), i);
      assertNull(other, "values " + other + " and " + i + " share a key");
    }
  }

  /** Has more to it than its elements, which it holds itself. */
  static final class Results extends AbstractList<String> {
    final List<String> elements;
    final int total;

    Results(List<String> elements, int total) {
      this.elements = elements;
      this.total = total;
    }

    @Override
    public String get(int index) {
      return elements.get(index);
    }

    @Override
    public int size() {
      return elements.size();
    }
  }

  static final class Defaults extends Properties {
    private static final long serialVersionUID = 1L;

    Defaults(Properties defaults) {
      super(defaults);
    }
  }

  @SuppressWarnings({"JavaUtilDate", "JdkObsolete"})
  static Stream<Arguments> valuesThatLookAlike() {
    Properties one = new Properties();
    one.setProperty("x", "1");
    Properties two = new Properties();
    two.setProperty("x", "2");
    GregorianCalendar julian = new GregorianCalendar(1500, Calendar.JANUARY, 15);
    GregorianCalendar pure = (GregorianCalendar) julian.clone();
    pure.setGregorianChange(new Date(Long.MIN_VALUE));
    pure.setTimeInMillis(julian.getTimeInMillis());
    return Stream.of(
        Arguments.of(new Results(List.of("a"), 10), new Results(List.of("a"), 20)),
        Arguments.of(new Defaults(one), new Defaults(two)),
        Arguments.of(julian, pure),
        Arguments.of(
            URI.create("b:c"), URI.create("http://h/a/").relativize(URI.create("http://h/a/b:c"))));
  }

  @ParameterizedTest
  @MethodSource("valuesThatLookAlike")
  void valuesThatLookAlikeHaveDifferentKeys(Object one, Object other) throws UnkeyableException {
    assertNotEquals(keyOf(one), keyOf(other));
  }

  interface Area {}

  record Circle(double radius) implements Area {}

  @Test
  void theReceiverOfAnInterfacesMethodIsInTheKeyIfItIsAValue() throws UnkeyableException {
    KeyPlan plan = new KeyPlan("n", "c", List.of(int.class), new int[] {0}, Area.class, type -> {});
    Object[] arguments = {1};
    Area service = new Area() {};

    assertEquals("n:c:1", ReadableKeyTest.text(plan.key(service, arguments)));
    assertNotEquals(
        ReadableKeyTest.text(plan.key(new Circle(1), arguments)),
        ReadableKeyTest.text(plan.key(new Circle(2), arguments)));
    assertNotEquals(
        ReadableKeyTest.text(plan.key(Shape.SQUARE, arguments)),
        ReadableKeyTest.text(plan.key(Other.ROUND, arguments)));
    assertNull(plan.valueParameters());
  }

  @Test
  void theSameArgumentsMadeAgainHaveTheSameKeys() throws Exception {
    List<@Nullable Object> values = differentValues();
    List<@Nullable Object> again = differentValues();
    for (int i = 0; i < values.size(); i++) {
      assertEquals(keyOf(values.get(i)), keyOf(again.get(i)), "value " + i);
    }
  }

  static Stream<Arguments> equalValues() throws UnknownHostException, MalformedURLException {
    Map<String, Integer> backwards = new LinkedHashMap<>();
    Map<String, Integer> forwards = new LinkedHashMap<>();
    Set<Object> backwardsSet = new LinkedHashSet<>();
    Set<Object> forwardsSet = new LinkedHashSet<>();
    for (int i = 0; i < 100; i++) {
      forwards.put("k" + i, i);
      backwards.put("k" + (99 - i), 99 - i);
      forwardsSet.add(Set.of(i, i + 1));
      backwardsSet.add(Set.of(99 - i, 100 - i));
    }
    EnumMap<Shape, Integer> enumMap = new EnumMap<>(Shape.class);
    enumMap.put(Shape.SQUARE, 1);
    WithoutEquals shared = new WithoutEquals("x");
    BitSet large = new BitSet(10_000);
    large.set(3);
    BitSet small = new BitSet();
    small.set(3);
    BigDecimal computed = new BigDecimal("2.0").multiply(new BigDecimal("3"));
    return Stream.of(
        Arguments.of(List.of(1, 2), Arrays.asList(1, 2)),
        Arguments.of(List.of(1, 2), new Vector<>(List.of(1, 2))),
        Arguments.of(List.of(1, 2), new ArrayList<>(List.of(0, 1, 2)).subList(1, 3)),
        Arguments.of(Collections.nCopies(2, "a"), List.of("a", "a")),
        Arguments.of(forwards, backwards),
        Arguments.of(forwards, new TreeMap<>(forwards)),
        Arguments.of(forwards, new ConcurrentSkipListMap<>(forwards)),
        Arguments.of(forwards.keySet(), new TreeSet<>(forwards.keySet())),
        Arguments.of(forwardsSet, backwardsSet),
        Arguments.of(EnumSet.allOf(Shape.class), Set.of(Shape.SQUARE, Shape.ROUND)),
        Arguments.of(enumMap, Map.of(Shape.SQUARE, 1)),
        Arguments.of(List.of(shared, shared), List.of(shared, new WithoutEquals("x"))),
        Arguments.of(Double.NaN, Double.longBitsToDouble(0x7ff8_0000_0000_0001L)),
        Arguments.of(new double[] {Double.NaN}, new double[] {-Double.NaN}),
        Arguments.of(large, small),
        Arguments.of(computed, new BigDecimal("6.0")),
        Arguments.of(new AbstractMap.SimpleEntry<>(1, 2), Map.entry(1, 2)),
        Arguments.of(new StringBuilder("a"), new StringBuffer("a")),
        Arguments.of(
            ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1),
            ByteBuffer.allocateDirect(2).put(new byte[] {2, 3}).flip()),
        Arguments.of(
            InetAddress.getByAddress("host", new byte[] {10, 0, 0, 1}),
            InetAddress.getByAddress(new byte[] {10, 0, 0, 1})),
        Arguments.of(new LinkedBlockingQueue<>(List.of(1, 2)), new ArrayDeque<>(List.of(1, 2))),
        Arguments.of(
            new HashMap<>() {
              {
                put("a", 1);
              }
            },
            Map.of("a", 1)));
  }

  @ParameterizedTest
  @MethodSource("equalValues")
  void equalArgumentsHaveTheSameKeyWhateverTheirImplementation(Object one, Object other)
      throws UnkeyableException {
    assertEquals(keyOf(one), keyOf(other));
  }

  @Test
  void argumentsCannotMoveIntoTheirNeighbours() throws UnkeyableException {
    KeyPlan two = ReadableKeyTest.plan(Object.class, Object.class);
    byte[] first = two.key(null, new @Nullable Object[] {List.of(1), null});
    byte[] second = two.key(null, new @Nullable Object[] {null, List.of(1)});

    assertNotEquals(ReadableKeyTest.text(first), ReadableKeyTest.text(second));
    assertNotEquals(
        keyOf(null), ReadableKeyTest.text(two.key(null, new @Nullable Object[] {null, null})));
  }

  @Test
  void variableArgumentsAreTheirArray() throws UnkeyableException {
    KeyPlan variable = ReadableKeyTest.plan(String[].class);

    assertEquals(
        keyOf(new String[] {"a"}),
        ReadableKeyTest.text(variable.key(null, new Object[] {new String[] {"a"}})));
    assertNotEquals(
        keyOf(new String[0]),
        ReadableKeyTest.text(variable.key(null, new @Nullable Object[] {null})));
  }

  @Test
  void readingACalendarDoesNotSettleItsFields() throws UnkeyableException {
    Calendar calendar = new GregorianCalendar(2024, Calendar.JANUARY, 31);
    calendar.set(Calendar.MONTH, Calendar.FEBRUARY);
    var unused = keyOf(calendar);
    calendar.set(Calendar.DAY_OF_MONTH, 1);

    assertEquals(Calendar.FEBRUARY, calendar.get(Calendar.MONTH));
  }

  @Test
  void keysAreMadeInManyThreadsAtOnce() throws Exception {
    byte[] expected = ONE_OBJECT.key(null, new Object[] {new Point(1, 2)});
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int j = 0; j < 10_000; j++) {
                  try {
                    assertArrayEquals(
                        expected, ONE_OBJECT.key(null, new Object[] {new Point(1, 2)}));
                  } catch (UnkeyableException | AssertionError e) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }
}
