package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Copies are what is read from the bytes, and nobody's but their caller's. What {@link
 * RoundTripTest} reads is copied there as well.
 */
@SuppressWarnings({
  "JavaUtilDate",
  "JdkObsolete",
  "UnnecessaryStringBuilder"
}) // Users return old types too.
class MasterTest {

  enum Color {
    RED,
    GREEN
  }

  /** Mutable all over. */
  @SuppressWarnings("NullAway.Init")
  static final class Bean {
    int number;
    double ratio;
    @Nullable String text;
    Color color = Color.RED;
    @Nullable Object any;
    @Nullable Bean child;
    List<Object> list = new ArrayList<>();
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    final int[] numbers = {1, 2};
    transient int seen = 5;
  }

  /** Final fields, whose values decide. */
  static final class Holder {
    private final int number;
    private final Object content;

    Holder(int number, Object content) {
      this.number = number;
      this.content = content;
    }

    int number() {
      return number;
    }
  }

  record Pair(@Nullable Object left, @Nullable Object right) {}

  record Name(String first, String last) {}

  /** Immutable by its declared types alone. */
  record Chain(BigDecimal price, @Nullable Name name, @Nullable Chain next) {}

  @SuppressWarnings("NullAway.Init")
  static final class ManyTypes {
    Chain chain;
    BigInteger big = BigInteger.TEN;
    Number number = 1;
    @Nullable URL url;
    Object[] array = {new ArrayList<>()};
    Optional<List<String>> optional = Optional.of(new ArrayList<>(List.of("a")));
  }

  static final class Forgetful {
    transient int seen = 5;
  }

  static final class Moody {
    static int healthy = Integer.MAX_VALUE;
    int id = 1;

    @Override
    public int hashCode() {
      if (healthy-- <= 0) {
        throw new AssertionError("moody");
      }
      return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Moody that && id == that.id;
    }
  }

  private final ValueFormat format = Codecs.formatOf(Object.class);

  private @Nullable Master masterOf(Object value) throws Exception {
    return Codecs.master(format, Codecs.write(format, value));
  }

  private Object copyOf(Object value) throws Exception {
    return Objects.requireNonNull(masterOf(value)).copy();
  }

  @Test
  void whateverOneCallerDoesTheNextOneGetsWhatIsInTheBytes() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      byte[] bytes = Codecs.write(format, new Shapes(new Random(seed)).mutable(4));
      byte[] read = Codecs.write(format, Codecs.read(format, bytes));
      Master master = Objects.requireNonNull(Codecs.master(format, bytes), "seed " + seed);
      for (int i = 0; i < 3; i++) {
        Object copy = master.copy();
        assertArrayEquals(read, Codecs.write(format, copy), "seed " + seed);
        Vandal.spoil(copy);
      }
    }
  }

  @Test
  void manyThreadsCopyAtOnce() throws Exception {
    Bean bean = new Bean();
    bean.any = new Shapes(new Random(7)).mutable(5);
    byte[] bytes = Codecs.write(format, bean);
    Master master = Objects.requireNonNull(Codecs.master(format, bytes));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<@Nullable Void>> running = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        running.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 300; i++) {
                    Object copy = master.copy();
                    assertArrayEquals(bytes, Codecs.write(format, copy));
                    Vandal.spoil(copy);
                  }
                  return null;
                }));
      }
      for (Future<@Nullable Void> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void onlyWhatCanBeChangedIsCopied() throws Exception {
    Bean bean = new Bean();
    bean.any = new Name("Ada", "Lovelace");
    bean.text = "text";
    bean.list.add(new Holder(1, List.of(new Name("Grace", "Hopper"))));
    bean.list.add(new Holder(2, new ArrayList<>()));
    Master master = Objects.requireNonNull(masterOf(bean));

    Bean one = (Bean) master.copy();
    Bean other = (Bean) master.copy();

    assertSame(one.text, other.text);
    assertSame(one.any, other.any);
    assertSame(one.list.get(0), other.list.get(0));
    assertNotSame(one.list.get(1), other.list.get(1));
    assertEquals(2, ((Holder) other.list.get(1)).number());
    assertNotSame(one.numbers, other.numbers);
  }

  @Test
  void whatTheDeclaredTypeTellsIsNotEvenLookedAt() throws Exception {
    ManyTypes value = new ManyTypes();
    value.chain =
        new Chain(BigDecimal.ONE, new Name("a", "b"), new Chain(BigDecimal.TEN, null, null));
    Master master = Objects.requireNonNull(masterOf(value));

    ManyTypes one = (ManyTypes) master.copy();
    ManyTypes other = (ManyTypes) master.copy();

    assertSame(one.chain, other.chain);
    assertSame(one.big, other.big);
    assertEquals(1, other.number);
    assertNotSame(one.array[0], other.array[0]);
    assertNotSame(one.optional.get(), other.optional.get());
    // The value, the number, the array, its list, the optional, its list, the text in that.
    assertEquals(7, master.parts());
    value.url = new URL("https://example.org");
    assertNull(masterOf(value));
  }

  @Test
  void transientFieldsThatTheConstructorSetsAreCopied() throws Exception {
    assertEquals(5, ((Bean) copyOf(new Bean())).seen);
    assertEquals(5, ((Forgetful) copyOf(new Forgetful())).seen);
  }

  @Test
  void whatIsHashedByItsIdentityIsFoundInItsCopy() throws Exception {
    Set<Object> set = new HashSet<>();
    Map<Object, Object> map = new HashMap<>();
    for (int i = 0; i < 20; i++) {
      set.add(new Bean());
      map.put(new Bean(), i);
    }

    Pair copy = (Pair) copyOf(new Pair(set, map));

    Set<?> setCopy = assertInstanceOf(HashSet.class, copy.left());
    assertEquals(20, setCopy.size());
    setCopy.forEach(element -> assertTrue(setCopy.contains(element)));
    Map<?, ?> mapCopy = assertInstanceOf(HashMap.class, copy.right());
    mapCopy.forEach((key, value) -> assertSame(value, mapCopy.get(key)));
    assertEquals(20, mapCopy.size());
  }

  @Test
  void whatIsReachedOnTwoWaysIsRead() throws Exception {
    Bean shared = new Bean();
    assertNull(masterOf(new Pair(shared, shared)));
    List<Object> list = new ArrayList<>();
    assertNull(masterOf(new Object[] {list, List.of(list)}));
    Holder holder = new Holder(1, new int[1]);
    assertNull(masterOf(Arrays.asList(holder, holder)));
    Bean cycle = new Bean();
    cycle.child = new Bean();
    cycle.child.any = cycle;
    assertNull(masterOf(cycle));
    Holder[] ring = new Holder[1];
    ring[0] = new Holder(1, ring);
    assertNull(masterOf(ring[0]));
  }

  @Test
  void whatIsSharedAnywayMayBeReachedOnTwoWays() throws Exception {
    Name name = new Name("Ada", "Lovelace");
    Holder holder = new Holder(1, List.of(name));
    Object[] value = {name, name, Color.GREEN, Color.GREEN, holder, new Pair(holder, name)};

    Object[] copy = (Object[]) copyOf(value);

    assertSame(copy[0], copy[1]);
    assertSame(Color.GREEN, copy[3]);
    assertSame(copy[4], ((Pair) copy[5]).left());
    assertSame(copy[0], ((Pair) copy[5]).right());
  }

  /** Which has a trillion ways through it. */
  @Test
  void aMazeIsRead() throws Exception {
    Object maze = new Name("a", "b");
    for (int i = 0; i < 40; i++) {
      maze = new Pair(maze, maze);
    }
    Object[] value = {maze};
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertNull(masterOf(value)));
  }

  @Test
  void whatIsAsDeepAsAllowedIsCopied() throws Exception {
    Bean deepest = new Bean();
    Bean first = deepest;
    for (int i = 2; i < ValueKryo.MAX_DEPTH; i++) {
      Bean outer = new Bean();
      outer.child = first;
      first = outer;
    }
    deepest.list.add("at the end");
    byte[] bytes = Codecs.write(format, first);
    assertArrayEquals(bytes, Codecs.write(format, copyOf(first)));
  }

  @Test
  void longListsAreNotDeep() throws Exception {
    List<Object> numbers = new LinkedList<>();
    for (int i = 0; i < 100_000; i++) {
      numbers.add(i);
    }
    assertEquals(numbers, copyOf(numbers));
  }

  @Test
  void whatHasNoCopyIsRead() throws Exception {
    assertNull(masterOf(new Pair(new IllegalStateException(), new ArrayList<>())));
    assertNull(masterOf(new Pair(ImmutableList.of(1), new ArrayList<>())));
  }

  @Test
  void codeOfTheApplicationThatThrowsIsNobodysBusiness() throws Exception {
    Set<Object> set = new HashSet<>(Set.of(new Moody()));
    byte[] bytes = Codecs.write(format, set);
    try {
      Moody.healthy = 1;
      assertNull(Codecs.master(format, bytes), "it can't be copied even once");
      Moody.healthy = 2;
      Master master = Objects.requireNonNull(Codecs.master(format, bytes));
      assertThrows(UnreadableValueException.class, master::copy);
      Moody.healthy = Integer.MAX_VALUE;
      assertEquals(set, master.copy());
    } finally {
      Moody.healthy = Integer.MAX_VALUE;
    }
  }

  @Test
  void partsAreCountedWithoutScalarsInFields() throws Exception {
    Bean bean = new Bean();
    bean.text = "no part";
    bean.list.add("part");
    bean.map.put("part", new Name("no", "part"));
    // Bean, list, map, array of numbers, and what is marked above: text, text, name.
    assertEquals(7, Objects.requireNonNull(masterOf(bean)).parts());
  }

  /** Makes values without shared parts. */
  private static final class Shapes {

    private final Random random;

    Shapes(Random random) {
      this.random = random;
    }

    Object mutable(int depth) {
      return switch (random.nextInt(14)) {
        case 0, 1, 2 -> bean(depth);
        case 3 -> new ArrayList<>(elements(depth));
        case 4 -> elements(depth).toArray();
        case 5 -> new LinkedHashMap<>(Map.of("k", any(depth), scalar(), any(depth)));
        case 6 -> new TreeMap<>(Map.of("b", any(depth), "a", any(depth)));
        case 7 -> Arrays.asList(any(depth), null);
        case 8 -> new AtomicReference<>(any(depth));
        case 9 -> new ArrayDeque<>(List.of(any(depth), any(depth)));
        case 10 -> new Bean[] {bean(depth), bean(depth - 1)};
        case 11 -> Collections.unmodifiableList(new LinkedList<>(elements(depth)));
        case 12 -> new EnumMap<>(Map.of(Color.RED, any(depth)));
        default -> new AbstractMap.SimpleEntry<>(scalar(), any(depth));
      };
    }

    private Bean bean(int depth) {
      Bean bean = new Bean();
      bean.number = random.nextInt();
      bean.ratio = random.nextDouble();
      bean.text = random.nextBoolean() ? null : "text" + random.nextInt();
      bean.color = random.nextBoolean() ? Color.RED : Color.GREEN;
      bean.any = any(depth);
      bean.child = depth > 0 && random.nextBoolean() ? bean(depth - 1) : null;
      bean.list.addAll(elements(depth));
      bean.map.put("k", any(depth));
      return bean;
    }

    private List<@Nullable Object> elements(int depth) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        elements.add(any(depth));
      }
      return elements;
    }

    private Object any(int depth) {
      if (depth <= 0 || random.nextInt(3) == 0) {
        return scalar();
      }
      return random.nextBoolean() ? mutable(depth - 1) : unchangeable(depth - 1);
    }

    /** Outside; inside there may be anything. */
    private Object unchangeable(int depth) {
      return switch (random.nextInt(9)) {
        case 0 -> List.of(any(depth));
        case 1 -> List.of(any(depth), any(depth), any(depth));
        case 2 -> Map.of("k", any(depth));
        case 3 -> Optional.of(any(depth));
        case 4 -> new Holder(random.nextInt(), any(depth));
        case 5 -> Collections.singletonList(any(depth));
        case 6 -> Map.entry(scalar(), any(depth));
        case 7 -> Collections.nCopies(3, new Name("a", "b" + random.nextInt()));
        default -> new Pair(any(depth), any(depth));
      };
    }

    private Object scalar() {
      return switch (random.nextInt(8)) {
        case 0 -> random.nextInt();
        case 1 -> "text" + random.nextInt();
        case 2 -> Color.GREEN;
        case 3 -> new Date(random.nextInt());
        case 4 -> new Name("first", "last" + random.nextInt());
        case 5 -> new StringBuilder("abc");
        case 6 -> new long[] {random.nextLong()};
        default -> Duration.ofSeconds(random.nextInt());
      };
    }
  }

  /** Changes all that can be changed. */
  private static final class Vandal {

    static void spoil(@Nullable Object value) {
      if (value instanceof Bean bean) {
        spoilBean(bean);
      } else if (value instanceof Holder holder) {
        spoil(holder.content);
      } else if (value instanceof Pair pair) {
        spoil(pair.left());
        spoil(pair.right());
      } else if (value instanceof Optional<?> optional) {
        spoil(optional.orElse(null));
      } else if (value instanceof Map.Entry<?, ?> entry) {
        spoil(entry.getKey());
        spoil(entry.getValue());
        attempt(() -> entry.setValue(null));
      } else if (value instanceof Map<?, ?> map) {
        map.values().forEach(Vandal::spoil);
        attempt(map::clear);
      } else if (value instanceof Collection<?> collection) {
        collection.forEach(Vandal::spoil);
        attempt(collection::clear);
        if (value instanceof List<?> list) {
          attempt(() -> Collections.fill(list, null));
        }
      } else {
        spoilScalar(value);
      }
    }

    private static void spoilBean(Bean bean) {
      spoil(bean.any);
      spoil(bean.child);
      spoil(bean.list);
      spoil(bean.map);
      bean.number++;
      bean.ratio++;
      bean.text = "spoilt";
      bean.color = Color.RED;
      bean.any = bean;
      bean.child = bean;
      bean.numbers[0] = -1;
    }

    private static void spoilScalar(@Nullable Object value) {
      if (value instanceof Object[] array) {
        for (int i = 0; i < array.length; i++) {
          spoil(array[i]);
          array[i] = null;
        }
      } else if (value instanceof long[] array) {
        array[0]++;
      } else if (value instanceof Date date) {
        date.setTime(0);
      } else if (value instanceof StringBuilder text) {
        text.setLength(0);
      } else if (value instanceof AtomicReference<?> reference) {
        spoil(reference.getAndSet(null));
      }
    }

    private static void attempt(Runnable change) {
      try {
        change.run();
      } catch (UnsupportedOperationException e) {
        // So it can't be changed.
      }
    }
  }
}
