package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.URI;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't come back as it was is refused, or a miss; never another value. */
class FaithfulTest {

  private final ValueFormat format = Codecs.formatOf(Object.class);

  /** Its constructor converts: what it holds is not what it was given. */
  record Celsius(double degrees) {
    Celsius {
      degrees = (degrees - 32) * 5 / 9;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // That is what it is about.
  record Copying(List<Integer> list, int[] array) {
    Copying {
      list = new ArrayList<>(list);
      array = array.clone();
    }
  }

  record Picky(int number) {
    private static boolean picky;

    Picky {
      if (picky) {
        throw new IllegalArgumentException();
      }
    }
  }

  @Test
  void aRecordWhoseConstructorConvertsIsRefused() {
    for (Object value : List.of(new Celsius(212), List.of(new Celsius(32.5)))) {
      UncacheableValueException refused =
          assertThrows(UncacheableValueException.class, () -> Codecs.write(format, value));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("makes another one"), refused.getMessage());
    }
  }

  @Test
  void aRecordWhoseConstructorThrowsIsRefused() {
    Picky picky = new Picky(1);
    Picky.picky = true;
    try {
      assertThrows(UncacheableValueException.class, () -> Codecs.write(format, picky));
    } finally {
      Picky.picky = false;
    }
  }

  @Test
  void aRecordMayCopyItsListsAndArrays() throws Exception {
    Copying back = copy(new Copying(List.of(1, 2), new int[] {3}));

    assertEquals(List.of(1, 2), back.list);
    assertEquals(3, back.array[0]);
  }

  static Stream<Pattern> patterns() {
    return Stream.of(
        Pattern.compile("a(?i)b"),
        Pattern.compile("(?i)ab"),
        Pattern.compile("a(?-i)b", Pattern.CASE_INSENSITIVE),
        Pattern.compile("ab", Pattern.CASE_INSENSITIVE | Pattern.COMMENTS));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void aPatternMatchesWhatItMatched(Pattern pattern) throws Exception {
    Pattern back = copy(pattern);

    for (String text : List.of("ab", "AB", "aB", "Ab")) {
      assertEquals(pattern.matcher(text).matches(), back.matcher(text).matches(), text);
    }
  }

  @Test
  void aListOfAStreamMayBeAskedForNull() throws Exception {
    for (List<?> list : List.of(Stream.of(1, 2, 3).toList(), Stream.of(1).toList())) {
      assertDoesNotThrow(() -> assertFalse(copy(list).contains(null)));
      assertFalse(((List<?>) masterOf(list).copy()).contains(null));
    }
    List<Integer> part = Stream.of(1, null, 3).toList().subList(0, 2);
    assertEquals(part, copy(part));
    List<Integer> strict = copy(List.of(1, 2, 3));
    assertThrows(NullPointerException.class, () -> strict.contains(null));
  }

  @Test
  @SuppressWarnings({"JavaUtilDate", "JdkObsolete"})
  void aCalendarWithoutJulianDaysHasTheSameFields() throws Exception {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    calendar.setGregorianChange(new Date(Long.MIN_VALUE));
    calendar.set(1500, Calendar.JANUARY, 15);
    calendar.getTimeInMillis();

    assertEquals(15, copy(calendar).get(Calendar.DAY_OF_MONTH));
  }

  @Test
  void aUriThatItsTextDoesNotGiveIsRefused() {
    URI relative = URI.create("http://h/a/").relativize(URI.create("http://h/a/b:c"));

    assertThrows(UncacheableValueException.class, () -> Codecs.write(format, relative));
  }

  @Test
  void aMappedAddressStaysOne() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = -1;
    mapped[15] = 1;

    assertEquals(Inet6Address.class, copy(Inet6Address.getByAddress("h", mapped, -1)).getClass());
  }

  static final class Owner {
    final String id;
    final Set<Child> children = new HashSet<>();
    final Set<String> tags = new HashSet<>();
    @Nullable Child first;

    Owner(String id) {
      this.id = id;
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, tags);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Owner owner && owner.id.equals(id) && owner.tags.equals(tags);
    }
  }

  static final class Child {
    final String name;
    final Owner owner;

    Child(String name, Owner owner) {
      this.name = name;
      this.owner = owner;
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, owner);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Child child && child.name.equals(name) && child.owner.equals(owner);
    }
  }

  @Test
  void aSetOfChildrenWhoseHashNeedsASetOfTheirOwnerFindsThem() throws Exception {
    Owner owner = new Owner("o");
    owner.tags.addAll(List.of("a", "b", "c"));
    owner.children.addAll(List.of(new Child("x", owner), new Child("y", owner)));

    Owner back = copy(owner);

    assertTrue(back.children.containsAll(List.copyOf(back.children)));
    assertTrue(back.children.contains(new Child("x", back)));
  }

  /**
   * The child is read before the set, which then only refers to it, when its owner is half read.
   */
  @Test
  void aSetThatRefersToAnObjectThatLeadsBackFindsIt() throws Exception {
    Owner owner = new Owner("o");
    owner.tags.add("t");
    Child child = new Child("x", owner);
    Holder holder = new Holder(child, owner);
    owner.children.add(child);

    Holder back = copy(holder);

    assertTrue(back.set.contains(back.a));
    assertTrue(back.a.owner.children.contains(back.a));
  }

  /** Fields in the order of their names: the child is met first, then a set that refers to it. */
  static final class Holder {
    final Child a;
    final Set<Object> set = new HashSet<>();
    final Owner z;

    Holder(Child a, Owner z) {
      this.a = a;
      this.z = z;
      set.add(a);
    }
  }

  /** Refers to itself over a child that hashes what comes later. */
  static final class Late {
    final LateChild first = new LateChild(this);
    final Set<LateChild> set = new HashSet<>();
    String z = "z";

    Late() {
      set.add(first);
    }
  }

  static final class LateChild {
    final Late owner;

    LateChild(Late owner) {
      this.owner = owner;
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(owner.z);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other == this;
    }
  }

  @Test
  void aSetIsFilledWhenWhatItsElementsHashIsThere() throws Exception {
    Late back = copy(new Late());

    assertTrue(back.set.contains(back.first));
  }

  record Page(List<String> items, String name) {}

  @Test
  void immutablesBesideACycleMayShareAConstant() throws Exception {
    Owner owner = new Owner("o");
    owner.children.add(new Child("x", owner));
    List<Object> all = new ArrayList<>(List.of(owner));
    all.add(new Page(List.of(), "1"));
    all.add(new Page(List.of(), "2"));

    assertEquals(all.get(2), copy(all).get(2));
  }

  static final class Forgetting {
    private static int last;
    private transient int id;

    /** As if it were computed from the rest. */
    int id() {
      if (id == 0) {
        id = ++last;
      }
      return id;
    }

    @Override
    public int hashCode() {
      return id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Forgetting forgetting && forgetting.id == id;
    }
  }

  static Stream<Object> losing() {
    Forgetting a = new Forgetting();
    Forgetting b = new Forgetting();
    assertEquals(a.id() + 1, b.id());
    Map<Object, Object> map = new HashMap<>(Map.of(a, 1, b, 2));
    return Stream.of(new HashSet<>(Set.of(a, b)), map, Set.of(a, b), Map.copyOf(map));
  }

  @ParameterizedTest
  @MethodSource("losing")
  void aCollectionThatWouldLoseElementsIsRefused(Object collection) {
    assertThrows(UncacheableValueException.class, () -> Codecs.write(format, collection));
  }

  @Test
  void anAnonymousClassIsRefused() {
    Object anonymous = new Object() {};

    assertThrows(UncacheableValueException.class, () -> Codecs.write(format, anonymous));
  }

  private Master masterOf(Object value) throws Exception {
    return Objects.requireNonNull(Codecs.master(format, Codecs.write(format, value)));
  }

  @SuppressWarnings("unchecked")
  private <T> T copy(T value) throws Exception {
    return (T) Objects.requireNonNull(Codecs.read(format, Codecs.write(format, value)));
  }
}
