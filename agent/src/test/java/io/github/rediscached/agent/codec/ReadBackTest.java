package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.type.Refusal;
import java.net.URI;
import java.util.*;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first value of a class is stored only if it comes back the same. */
@SuppressWarnings({"unused", "UnnecessaryStringBuilder"}) // Fields are read by the codec.
class ReadBackTest {

  private static final String REMEDY =
      ". Return an object of which the fields say all, and do not change it after the method has"
          + " returned it.";

  private final ValueFormat format = Codecs.formatOf(Object.class);

  /** What its equals asks is not in the bytes. */
  static final class Ticket {
    final int number;
    private static int last;
    private transient int stamp;

    Ticket(int number) {
      this.number = number;
    }

    /** As if it were computed from the rest. */
    int stamp() {
      if (stamp == 0) {
        stamp = ++last;
      }
      return stamp;
    }

    @Override
    public int hashCode() {
      return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ticket that && number == that.number && stamp() == that.stamp();
    }
  }

  record Visit(String name, List<Ticket> tickets) {}

  static class Node {
    final String name;
    final List<Node> next = new ArrayList<>();
    @Nullable Object content;

    Node(String name, Node... next) {
      this.name = name;
      this.next.addAll(List.of(next));
    }
  }

  /** Another thread might change it; here it changes itself whenever somebody asks its equals. */
  static final class Changing {
    static final AtomicInteger LEFT = new AtomicInteger();
    int version;

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (LEFT.get() > 0) {
        LEFT.decrementAndGet();
        return false;
      }
      return other instanceof Changing that && version == that.version;
    }
  }

  /** Two of them are the same if their fields are, as far as anybody can tell. */
  static final class Plain {
    final int number;
    final double share;
    final Pattern pattern = Pattern.compile("a+");
    final int[] numbers = {1, 2};

    Plain(int number, double share) {
      this.number = number;
      this.share = share;
    }
  }

  record Holding(Plain plain, Object numbers) {}

  record Sharing(@Nullable Object left, @Nullable Object right) {}

  /** Its equals fails for what was read, or is not made for NaN. */
  static final class Odd {
    final double number;
    final boolean fails;

    Odd(double number, boolean fails) {
      this.number = number;
      this.fails = fails;
    }

    @Override
    public int hashCode() {
      return 1;
    }

    @Override
    @SuppressWarnings("EqualsUsingHashCode")
    public boolean equals(@Nullable Object other) {
      if (fails && this != other) {
        throw new IllegalStateException();
      }
      return this == other || (other instanceof Odd that && number == that.number);
    }
  }

  /** In an object without a text, since those of some of them are endless. */
  static Stream<Node> sameValues() throws Exception {
    Node loop = new Node("a", new Node("b"));
    loop.next.add(loop);
    loop.next.get(0).content = new HashMap<>(Map.of("up", loop));
    Node ring = new Node("r");
    ring.next.add(new Node("s", ring));
    Set<Plain> identities = new HashSet<>();
    Map<Plain, Integer> byIdentity = new HashMap<>();
    for (int i = 0; i < 50; i++) {
      identities.add(new Plain(i % 7, i));
      byIdentity.put(new Plain(3, 3), i);
    }
    Object shared = new Sharing(1, "a");
    for (int i = 0; i < 60; i++) {
      shared = new Sharing(shared, shared);
    }
    Map<String, Object> accessed = new LinkedHashMap<>(4, 0.75f, true);
    accessed.put("x", new Node("x"));
    NavigableMap<String, Node> parts =
        new TreeMap<>(Map.of("a", new Node("a"), "b", new Node("b")));
    Exception thrown = new IllegalStateException("m", new RuntimeException("c"));
    thrown.addSuppressed(new Exception("s"));
    return Stream.of(
            new Node("n"),
            loop,
            identities,
            byIdentity,
            shared,
            thrown,
            accessed,
            new Plain(1, Double.NaN),
            new Holding(new Plain(1, 2), new int[] {1}),
            new Odd(Double.NaN, false),
            new Odd(1, true),
            Set.of(new Odd(1, false)),
            new Sharing(Double.NaN, new float[] {Float.NaN}),
            new Sharing(URI.create("http://a/").toURL(), new StringBuilder("x")),
            new Sharing(parts.values(), parts.keySet()),
            new Sharing(parts.headMap("b"), parts.entrySet()),
            new Sharing(List.of(new Node("a"), new Node("b"), new Node("c")).subList(0, 2), ring),
            new Sharing(Collections.checkedList(new ArrayList<>(List.of(ring)), Node.class), 1),
            new Sharing(
                Collections.unmodifiableCollection(identities), new AtomicReference<>(ring)),
            new Sharing(Optional.of(ring), new AtomicInteger(3)),
            new Sharing(new PriorityQueue<>(List.of(3, 1, 2)), new ArrayDeque<>(List.of(ring))),
            new Sharing(
                EnumSet.of(Thread.State.NEW), new EnumMap<>(Map.of(Thread.State.NEW, ring))),
            new Sharing(
                Collections.newSetFromMap(new ConcurrentHashMap<>()), new Node[] {ring, null}),
            new Sharing(
                Map.of(new Node("k"), 1, new Node("l"), 2), Collections.nCopies(1 << 30, ring)),
            List.of(new Visit("v", List.of())))
        .map(ReadBackTest::nodeOf);
  }

  @ParameterizedTest
  @MethodSource("sameValues")
  @Timeout(20)
  void whatComesBackTheSameIsStored(Node value) throws Exception {
    byte[] bytes = Codecs.write(format, value);

    assertNotNull(Codecs.read(format, bytes));
    assertNull(new Comparison(codec()).differenceOf(value, Codecs.read(format, bytes)));
  }

  @Test
  void whatEqualsAsksButTheBytesLackIsADifference() {
    String ticket = Ticket.class.getTypeName();
    String told =
        "[0] a "
            + ticket
            + ", whose equals tells it from what was read back though all fields are the same"
            + REMEDY;
    assertRefused(
        "The value holds at Visit.tickets" + told, new Visit("v", List.of(new Ticket(1))));
    assertRefused("The value holds at ArrayList" + told, new ArrayList<>(List.of(new Ticket(1))));
  }

  @Test
  void whatIsMissingInASetIsADifference() {
    UncacheableValueException refused =
        assertThrows(
            UncacheableValueException.class,
            () -> Codecs.write(format, new HashSet<>(List.of(new Ticket(1)))));
    assertTrue(refused.getMessage().contains("HashSet[] a java.util.HashSet, of which an element"));
  }

  @Test
  void aFieldThatIsAnotherIsNamed() throws Exception {
    Plain one = new Plain(1, 2);
    Node holder = new Node("h");
    holder.content = List.of(one);
    Node read = new Node("h");
    read.content = List.of(new Plain(1, 3));
    assertDifference(
        "The value holds at Node.content[0].share a "
            + Plain.class.getTypeName()
            + ", of which share is another value after it was read back"
            + REMEDY,
        holder,
        read);
    read.content = new ArrayList<>(List.of(one));
    assertDifference(
        "The value holds at Node.content a "
            + holder.content.getClass().getTypeName()
            + ", which is a java.util.ArrayList after it was read back"
            + REMEDY,
        holder,
        read);
    assertDifference(
        "The value holds at Node a java.util.HashMap, which has another number of elements after it"
            + " was read back"
            + REMEDY,
        new HashMap<>(Map.of(1, 2)),
        new HashMap<>());
    assertDifference(
        "The value holds at Node[] a java.util.HashMap, of which an element is another value after"
            + " it was read back"
            + REMEDY,
        new HashMap<>(Map.of(1, 2)),
        new HashMap<>(Map.of(1, 3)));
  }

  @Test
  void elementsWithoutEqualsHaveToBeTheSameOneByOne() {
    Set<Plain> written = new HashSet<>(List.of(new Plain(1, 1), new Plain(1, 2)));
    Set<Plain> other = new HashSet<>(List.of(new Plain(1, 1), new Plain(1, 1)));

    assertNotNull(new Comparison(codec()).differenceOf(written, other));
    assertNotNull(
        new Comparison(codec())
            .differenceOf(
                new HashMap<>(Map.of(new Node("a"), 1, new Node("b"), 2)),
                new HashMap<>(Map.of(new Node("a"), 2, new Node("b"), 1))));
  }

  @Test
  void aClassIsReadBackOnce() throws Exception {
    Changing value = new Changing();
    Codecs.write(format, value);
    Changing.LEFT.set(1_000_000);
    Codecs.write(format, value);

    assertEquals(1_000_000, Changing.LEFT.get());
    assertFalse(format.codec.known(Ticket.class).verified);
  }

  @Test
  void aValueThatChangesOnceIsStored() throws Exception {
    Changing value = new Changing();
    Changing.LEFT.set(1);
    Codecs.write(format, new Node[] {nodeOf(value)});
    assertEquals(0, Changing.LEFT.get());
    Changing.LEFT.set(1_000_000);
    assertThrows(
        UncacheableValueException.class, () -> Codecs.write(Codecs.formatOf(Object.class), value));
    Changing.LEFT.set(0);
  }

  private static Node nodeOf(Object content) {
    Node node = new Node("n");
    node.content = content;
    return node;
  }

  @Test
  void aLaterDifferenceHasTheNextValueChecked() throws Exception {
    Node node = new Node("n");
    byte[] bytes = Codecs.write(format, node);
    KnownClass known = format.codec.known(Node.class);
    ReadBack readBack = new ReadBack(format.codec, format);

    readBack.recheck(bytes, Codecs.HEADROOM, node);
    assertTrue(known.verified);
    node.next.add(node);
    readBack.recheck(bytes, Codecs.HEADROOM, node);
    assertFalse(known.verified);
    Codecs.write(format, node);
    assertTrue(known.verified);

    bytes[bytes.length - 1] = 99;
    readBack.recheck(bytes, Codecs.HEADROOM, node);
    assertFalse(known.verified);
  }

  @Test
  @Timeout(30)
  void aLaterValueIsCheckedBehindTheCallersBack() throws Exception {
    Node node = new Node("n");
    byte[] bytes = Codecs.write(format, node);
    KnownClass known = format.codec.known(Node.class);
    ReadBack readBack = new ReadBack(format.codec, format);
    node.next.add(node);

    assertTrue(known.verified);
    // Most of these are dropped: there is one a second at most.
    while (known.verified) {
      SpotChecks.offer(readBack, bytes, Codecs.HEADROOM, node);
      Thread.onSpinWait();
    }
    assertFalse(known.verified);
  }

  private void assertRefused(String message, Object value) {
    UncacheableValueException refused =
        assertThrows(UncacheableValueException.class, () -> Codecs.write(format, value));
    assertEquals(message, refused.getMessage());
    assertEquals(UncacheableValueException.Kind.UNSUPPORTED, refused.kind());
  }

  private static void assertDifference(String message, Object written, Object read) {
    Refusal difference = new Comparison(codec()).differenceOf(written, read);
    assertEquals(message, difference == null ? null : difference.describe("Node"));
  }

  private static ValueCodec codec() {
    return Codecs.of(ReadBackTest.class.getClassLoader());
  }
}
