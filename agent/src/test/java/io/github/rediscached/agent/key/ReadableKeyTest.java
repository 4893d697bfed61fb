package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.type.TextForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JavaUtilDate") // Applications use it.
class ReadableKeyTest {

  private static final String OPERATION = ReadableKeyTest.class.getName() + "$Operation.";

  enum Operation {
    PLUS {
      @Override
      int apply(int a, int b) {
        return a + b;
      }
    },
    OVER {
      @Override
      int apply(int a, int b) {
        return a;
      }
    };

    abstract int apply(int a, int b);
  }

  static KeyPlan plan(Class<?>... types) {
    int[] keyed = new int[types.length];
    for (int i = 0; i < keyed.length; i++) {
      keyed[i] = i;
    }
    return new KeyPlan("shop", "products", List.of(types), keyed, null, type -> {});
  }

  static String text(byte[] key) {
    return new String(key, StandardCharsets.US_ASCII);
  }

  private static Arguments row(Class<?> type, @Nullable Object value, String expected) {
    return Arguments.of(type, value, expected);
  }

  static Stream<Arguments> singleArguments() {
    UUID uuid = UUID.fromString("0f8fad5b-d9cb-469f-a165-70867728950e");
    return Stream.of(
        row(long.class, 42L, "42"),
        row(Long.class, 42L, "42"),
        row(long.class, 0L, "0"),
        row(long.class, -1L, "-1"),
        row(long.class, Long.MAX_VALUE, "9223372036854775807"),
        row(long.class, Long.MIN_VALUE, "-9223372036854775808"),
        row(int.class, Integer.MIN_VALUE, "-2147483648"),
        row(short.class, (short) 7, "7"),
        row(byte.class, (byte) -128, "-128"),
        row(Long.class, null, "~"),
        row(String.class, null, "~"),
        row(String.class, "~", "%7E"),
        row(String.class, "null", "null"),
        row(String.class, "", ""),
        row(String.class, "42", "42"),
        row(String.class, "()", "%28)"),
        row(String.class, "(a)", "(a)"),
        row(String.class, "a:b", "a:b"),
        row(String.class, "a,b", "a%2Cb"),
        row(String.class, "#0123", "%230123"),
        row(String.class, "100%", "100%25"),
        row(String.class, "{x}", "%7Bx%7D"),
        row(String.class, "a*?[b]\\", "a%2A%3F%5Bb%5D%5C"),
        row(String.class, "a b\t\n\u0000\u007f", "a%20b%09%0A%00%7F"),
        row(String.class, "'\"`", "%27%22%60"),
        row(String.class, "me@example.com/x=1&y=2;z", "me@example.com/x=1&y=2;z"),
        row(String.class, "größe", "gr%C3%B6%C3%9Fe"),
        row(String.class, "€", "%E2%82%AC"),
        row(String.class, "😀", "%F0%9F%98%80"),
        row(String.class, "x".repeat(128), "x".repeat(128)),
        row(boolean.class, true, "true"),
        row(Boolean.class, null, "~"),
        row(char.class, 'x', "x"),
        row(char.class, ',', "%2C"),
        row(double.class, 42.0, "42.0"),
        row(double.class, 0.0, "0.0"),
        row(double.class, -0.0, "-0.0"),
        row(double.class, 0.1, "0.1"),
        row(double.class, -52.520008, "-52.520008"),
        row(double.class, 1e10, "10000000000.0"),
        row(double.class, 1.0 / 3, "0x1.5555555555555p-2"),
        row(double.class, 2e-44, "0x1.c8b8218854567p-146"),
        row(double.class, Double.NaN, "NaN"),
        row(double.class, Double.NEGATIVE_INFINITY, "-Infinity"),
        row(float.class, 0.1f, "0.1"),
        row(float.class, -2.5f, "-2.5"),
        row(float.class, -0.0f, "-0.0"),
        row(float.class, Float.MIN_VALUE, "0x1.0p-149"),
        row(UUID.class, uuid, uuid.toString()),
        row(UUID.class, new UUID(-1, 1), "ffffffff-ffff-ffff-0000-000000000001"),
        row(TimeUnit.class, TimeUnit.SECONDS, "java.util.concurrent.TimeUnit.SECONDS"),
        row(DayOfWeek.class, DayOfWeek.MONDAY, "java.time.DayOfWeek.MONDAY"),
        row(Operation.class, Operation.PLUS, OPERATION + "PLUS"),
        row(Operation.class, Operation.OVER, OPERATION + "OVER"),
        row(LocalDate.class, LocalDate.of(2024, 2, 29), "2024-02-29"),
        row(LocalTime.class, LocalTime.of(10, 15), "10:15"),
        row(LocalDateTime.class, LocalDateTime.of(2024, 2, 29, 0, 0), "2024-02-29T00:00"),
        row(Instant.class, Instant.EPOCH, "1970-01-01T00:00:00Z"),
        row(YearMonth.class, YearMonth.of(2024, 2), "2024-02"),
        row(Duration.class, Duration.ofMinutes(-90), "PT-1H-30M"),
        row(ZoneId.class, ZoneId.of("Europe/Paris"), "Europe/Paris"),
        row(
            ZonedDateTime.class,
            ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("Europe/Paris")),
            "2024-01-01T00:00+01:00%5BEurope/Paris%5D"));
  }

  @ParameterizedTest
  @MethodSource("singleArguments")
  void oneSimpleArgumentIsReadable(Class<?> type, @Nullable Object value, String expected)
      throws UnkeyableException {
    byte[] key = plan(type).key(null, new @Nullable Object[] {value});

    assertEquals("shop:products:" + expected, text(key));
  }

  static Stream<Arguments> explicitKeys() {
    return Stream.of(
        Arguments.of(null, "~"),
        Arguments.of("a b", "a%20b"),
        Arguments.of("", ""),
        Arguments.of("()", "%28)"),
        Arguments.of(42L, "42"),
        Arguments.of(42, "42"),
        Arguments.of("42", "42"),
        Arguments.of((byte) 42, "42"),
        Arguments.of(new BigInteger("42"), "42"),
        Arguments.of(new BigDecimal("42"), "42"),
        Arguments.of(new BigDecimal("42.00"), "42.00"),
        Arguments.of(new BigDecimal("1E+3"), "1E+3"),
        Arguments.of(42.5, "42.5"),
        Arguments.of(true, "true"),
        Arguments.of('~', "%7E"),
        Arguments.of(Operation.PLUS, OPERATION + "PLUS"),
        Arguments.of(LocalDate.of(2024, 2, 29), "2024-02-29"),
        Arguments.of(ZoneOffset.UTC, "Z"),
        Arguments.of(new Date(0), "1970-01-01T00:00:00Z"),
        Arguments.of(new UUID(0, 0), "00000000-0000-0000-0000-000000000000"));
  }

  @ParameterizedTest
  @MethodSource("explicitKeys")
  void anExplicitKeyIsTakenAsText(@Nullable Object value, String expected)
      throws UnkeyableException {
    assertEquals("shop:products:" + expected, text(plan().keyOf(value)));
  }

  @Test
  void anExplicitKeyOfAnythingElseIsADigest() throws UnkeyableException {
    List<Object> values =
        List.of(
            List.of(1, 2),
            new int[] {1, 2},
            Set.of(1, 2),
            "x".repeat(129),
            "\ud800",
            BigInteger.ONE.shiftLeft(100_000),
            new Object[0]);
    Set<String> keys = new HashSet<>();
    for (Object value : values) {
      String key = text(plan().keyOf(value));
      assertTrue(key.matches("shop:products:#[0-9a-f]{32}"), key);
      keys.add(key);
    }
    assertEquals(values.size(), keys.size());
  }

  @Test
  void anExplicitKeyNamesTheEntryOfAMethodWithThisOneArgument() throws UnkeyableException {
    for (String text : List.of("42", "()", "", "a,b", "x".repeat(1000), "\udc00")) {
      assertArrayEquals(plan().keyOf(text), plan(String.class).key(null, new Object[] {text}));
    }
    List<String> list = List.of("a");
    assertArrayEquals(plan().keyOf(list), plan(List.class).key(null, new Object[] {list}));
  }

  @Test
  void severalArgumentsAreJoinedByCommas() throws UnkeyableException {
    byte[] key =
        plan(long.class, String.class, Operation.class)
            .key(null, new @Nullable Object[] {42L, null, Operation.PLUS});

    assertEquals("shop:products:42,~," + OPERATION + "PLUS", text(key));
  }

  @Test
  void textsWithSeparatorsDoNotRunIntoEachOther() throws UnkeyableException {
    KeyPlan two = plan(String.class, String.class);

    assertEquals("shop:products:a%2C,b", text(two.key(null, new Object[] {"a,", "b"})));
    assertEquals("shop:products:a,%2Cb", text(two.key(null, new Object[] {"a", ",b"})));
    assertEquals("shop:products:,", text(two.key(null, new Object[] {"", ""})));
  }

  @Test
  void aMethodWithoutArgumentsInTheKeyHasOneEntry() throws UnkeyableException {
    assertEquals("shop:products:()", text(plan().key(null, new Object[0])));
    KeyPlan ignoring =
        new KeyPlan("shop", "products", List.of(Object.class), new int[0], null, type -> {});
    assertEquals("shop:products:()", text(ignoring.key(null, new Object[] {new Object()})));
  }

  @Test
  void onlyKeyedArgumentsAreInTheKey() throws UnkeyableException {
    KeyPlan plan =
        new KeyPlan(
            "shop",
            "products",
            List.of(long.class, Thread.class, String.class),
            new int[] {0, 2},
            null,
            type -> {});

    assertEquals(
        "shop:products:1,a", text(plan.key(null, new Object[] {1L, Thread.currentThread(), "a"})));
  }

  @Test
  void anEnumConstantThatIsTheReceiverComesFirst() throws UnkeyableException {
    KeyPlan plan =
        new KeyPlan(
            "shop", "products", List.of(int.class), new int[] {0}, Operation.class, type -> {});

    assertEquals(
        "shop:products:" + OPERATION + "PLUS,1", text(plan.key(Operation.PLUS, new Object[] {1})));
    assertEquals(
        "shop:products:" + OPERATION + "OVER,1", text(plan.key(Operation.OVER, new Object[] {1})));
  }

  record Region(String name) {}

  @Test
  void aRecordThatIsTheReceiverIsPartOfTheDigest() throws UnkeyableException {
    KeyPlan plan =
        new KeyPlan(
            "shop", "products", List.of(int.class), new int[] {0}, Region.class, type -> {});

    byte[] north = plan.key(new Region("north"), new Object[] {1});
    assertArrayEquals(north, plan.key(new Region("north"), new Object[] {1}));
    assertNotEquals(text(north), text(plan.key(new Region("south"), new Object[] {1})));
    assertTrue(text(north).matches("shop:products:#[0-9a-f]{32}"), text(north));
  }

  static Stream<Arguments> cacheNames() {
    return Stream.of(
        Arguments.of("com.acme.Products.find(long)", "com.acme.Products.find(long)"),
        Arguments.of(
            "com.acme.A$B.find(int[],java.util.List)", "com.acme.A$B.find(int[],java.util.List)"),
        Arguments.of("a:b", "a%3Ab"),
        Arguments.of("{a} b", "%7Ba%7D%20b"),
        Arguments.of("a*?\\%", "a%2A%3F%5C%25"),
        Arguments.of("~t", "%7Et"),
        Arguments.of("\t\"", "%09%22"),
        Arguments.of("größe\ud800", "gr%C3%B6%C3%9Fe%ED%A0%80"),
        Arguments.of("", ""));
  }

  @ParameterizedTest
  @MethodSource("cacheNames")
  void theNameOfTheCacheCannotBeTakenForAnotherPart(String cache, String expected)
      throws UnkeyableException {
    KeyPlan plan = new KeyPlan("shop", cache, List.of(), new int[0], null, type -> {});

    assertEquals("shop:" + expected + ":()", text(plan.key(null, new Object[0])));
  }

  @Test
  void longTextAndUnpairedSurrogatesGiveADigestOfAllArguments() throws UnkeyableException {
    KeyPlan plan = plan(long.class, String.class);
    Set<String> keys = new HashSet<>();
    List<String> texts =
        List.of("x".repeat(129), "x".repeat(1 << 20), "\ud800", "\udc00", "a\udc00\ud800b");
    for (String text : texts) {
      keys.add(text(plan.key(null, new Object[] {1L, text})));
      keys.add(text(plan.key(null, new Object[] {2L, text})));
    }
    assertEquals(2 * texts.size(), keys.size());
    for (String key : keys) {
      assertTrue(key.matches("shop:products:#[0-9a-f]{32}"), key);
    }
  }

  @Test
  void differentNumbersNeverShareAText() {
    Random random = new Random(42);
    for (int i = 0; i < 200_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      assertEquals(value, read(TextForm.FLOATING.text(value)), () -> Double.toHexString(value));
      double decimal = random.nextInt(2_000_000_000) / Math.pow(10, random.nextInt(9));
      assertEquals(
          decimal, read(TextForm.FLOATING.text(decimal)), () -> Double.toHexString(decimal));
      float single = Float.intBitsToFloat(random.nextInt());
      assertEquals(
          single, readFloat(TextForm.FLOATING.text(single)), () -> Float.toHexString(single));
    }
  }

  private static double read(String text) {
    return Double.parseDouble(text);
  }

  private static float readFloat(String text) {
    return Float.parseFloat(text);
  }
}
