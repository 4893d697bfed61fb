package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMultimap;
import io.github.rediscached.agent.testing.CompiledClasses;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import kotlin.text.Regex;
import kotlin.text.RegexOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of an object counts in its key: all that it was given, nothing that it only keeps. */
@SuppressWarnings("all") // Code as users write it.
class ContentKeyTest {

  private static String keyOf(@Nullable Object argument) {
    return keyOf(Object.class, argument);
  }

  private static String keyOf(Class<?> declared, @Nullable Object argument) {
    try {
      return ReadableKeyTest.text(
          ReadableKeyTest.plan(declared).key(null, new @Nullable Object[] {argument}));
    } catch (UnkeyableException e) {
      throw new AssertionError(e);
    }
  }

  private static String explicit(Object value) {
    try {
      return ReadableKeyTest.text(ReadableKeyTest.plan().keyOf(value));
    } catch (UnkeyableException e) {
      throw new AssertionError(e);
    }
  }

  private static String refusalOf(Object argument) {
    UnkeyableException e =
        assertThrows(
            UnkeyableException.class,
            () -> ReadableKeyTest.plan(Object.class).key(null, new Object[] {argument}));
    return String.valueOf(e.getMessage());
  }

  static final class Person {
    final String first;
    final String last;
    private int hash;
    private @Nullable String full;
    private transient @Nullable List<String> words;

    Person(String first, String last) {
      this.first = first;
      this.last = last;
    }

    @Override
    public int hashCode() {
      int h = hash;
      if (h == 0) {
        hash = h = Objects.hash(first, last);
      }
      return h;
    }

    String full() {
      if (full == null) {
        full = first + " " + last;
      }
      return full;
    }

    List<String> words() {
      if (words == null) {
        words = List.of(first, last);
      }
      return words;
    }
  }

  @Test
  void whatAnObjectKeepsOfItselfIsNoPartOfItsKey() {
    Person used = new Person("a", "b");
    used.hashCode();
    used.full();
    used.words();

    assertEquals(keyOf(new Person("a", "b")), keyOf(used));
    assertNotEquals(keyOf(new Person("a", "c")), keyOf(used));
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Id {}

  static class Entity {
    String name = "x";
    @Id private @Nullable String id;
    private int count;
    private boolean started;
    private @Nullable List<String> items;

    String getId() {
      if (id == null) {
        id = name + "!";
      }
      return id;
    }

    int next() {
      return count++;
    }

    boolean start() {
      if (!started) {
        started = true;
      }
      return started;
    }

    List<String> getItems() {
      if (items == null) {
        items = new ArrayList<>();
      }
      return items;
    }
  }

  @Test
  void stateCounts() {
    String empty = keyOf(new Entity());
    Entity identified = new Entity();
    identified.getId();
    Entity counted = new Entity();
    counted.next();
    Entity started = new Entity();
    started.start();
    Entity filled = new Entity();
    filled.getItems().add("a");

    assertEquals(
        5, Set.of(empty, keyOf(identified), keyOf(counted), keyOf(started), keyOf(filled)).size());
  }

  static class Query {
    String text;
    transient String language;
    final transient ReentrantLock lock = new ReentrantLock();

    Query(String text, String language) {
      this.text = text;
      this.language = language;
    }
  }

  static class Call {
    private transient @Nullable Object context;

    void setContext(Object context) {
      this.context = context;
    }
  }

  @Test
  void transientContentCounts() {
    assertEquals(keyOf(new Query("tea", "en")), keyOf(new Query("tea", "en")));
    assertNotEquals(keyOf(new Query("tea", "en")), keyOf(new Query("tea", "de")));
    Call call = new Call();
    call.setContext(Thread.currentThread());
    assertTrue(refusalOf(call).startsWith("argument 0.context is a java.lang.Thread"));
  }

  /** Keeps all that it is in fields that say nothing. */
  static final class Hiding implements Serializable {
    private static final long serialVersionUID = 1L;
    private final transient Map<String, String> content = new HashMap<>();

    Hiding(String content) {
      this.content.put("a", content);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.writeObject(content.get("a"));
    }
  }

  @Test
  void whatWritesItsTransientContentItselfCounts() {
    assertEquals(keyOf(new Hiding("a")), keyOf(new Hiding("a")));
    assertNotEquals(keyOf(new Hiding("a")), keyOf(new Hiding("b")));
  }

  record Customer(String name) {}

  static class Basket extends AbstractList<String> {
    final LocalDate day;
    final Customer customer;
    private final List<String> items;
    private final @Nullable Supplier<String> supplier;

    Basket(LocalDate day, Customer customer, @Nullable Supplier<String> supplier) {
      this.day = day;
      this.customer = customer;
      this.items = List.of("a");
      this.supplier = supplier;
    }

    @Override
    public String get(int index) {
      return items.get(index);
    }

    @Override
    public int size() {
      return items.size();
    }
  }

  static final class Table extends AbstractList<String> {
    private String[] elements;
    private int size;

    Table(int capacity) {
      elements = new String[capacity];
    }

    @Override
    public boolean add(String element) {
      elements[size++] = element;
      return true;
    }

    @Override
    public String get(int index) {
      return elements[index];
    }

    @Override
    public int size() {
      return size;
    }
  }

  @Test
  void fieldsOfCollectionsCountWhateverTheirType() {
    LocalDate day = LocalDate.of(2024, 1, 1);
    Basket basket = new Basket(day, new Customer("ann"), null);
    assertEquals(keyOf(new Basket(day, new Customer("ann"), null)), keyOf(basket));
    assertNotEquals(keyOf(new Basket(day, new Customer("bob"), null)), keyOf(basket));
    assertNotEquals(keyOf(new Basket(day.plusDays(1), new Customer("ann"), null)), keyOf(basket));
    assertTrue(
        refusalOf(new Basket(day, new Customer("ann"), () -> "x"))
            .startsWith("argument 0.supplier is a lambda"));
  }

  @Test
  void howACollectionHoldsItsElementsDoesNotCount() {
    Table small = new Table(1);
    small.add("a");
    Table large = new Table(9);
    large.add("a");
    assertEquals(keyOf(small), keyOf(large));
  }

  interface Code {}

  enum UserError implements Code {
    NOT_FOUND
  }

  enum OrderError implements Code {
    NOT_FOUND
  }

  @Test
  void constantsOfOneNameAreTwo() {
    assertNotEquals(explicit(UserError.NOT_FOUND), explicit(OrderError.NOT_FOUND));
    assertEquals(
        explicit(UserError.NOT_FOUND), keyOf(UserError.class, UserError.NOT_FOUND), "as declared");
  }

  @Test
  void orderCountsWhereTheDeclaredTypeSaysSo() {
    Map<String, Integer> forwards = new LinkedHashMap<>();
    forwards.put("a", 1);
    forwards.put("b", 2);
    Map<String, Integer> backwards = new LinkedHashMap<>();
    backwards.put("b", 2);
    backwards.put("a", 1);

    assertEquals(keyOf(Map.class, forwards), keyOf(Map.class, backwards));
    assertNotEquals(keyOf(LinkedHashMap.class, forwards), keyOf(LinkedHashMap.class, backwards));
    assertNotEquals(
        keyOf(LinkedHashSet.class, new LinkedHashSet<>(forwards.keySet())),
        keyOf(LinkedHashSet.class, new LinkedHashSet<>(backwards.keySet())));
    SortedSet<String> sorted = new TreeSet<>(List.of("a"));
    SortedSet<String> natural = new TreeSet<>(Comparator.<String>naturalOrder());
    natural.add("a");
    SortedSet<String> anyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.add("a");
    SortedSet<String> reverse = new TreeSet<>(Comparator.<String>reverseOrder());
    reverse.add("a");
    assertEquals(keyOf(SortedSet.class, sorted), keyOf(SortedSet.class, natural));
    assertEquals(
        3,
        Set.of(
                keyOf(TreeSet.class, sorted),
                keyOf(TreeSet.class, anyCase),
                keyOf(TreeSet.class, reverse))
            .size());
    assertEquals(keyOf(Set.class, sorted), keyOf(Set.class, anyCase));
    assertEquals(
        keyOf(TreeMap.class, new TreeMap<>(forwards)),
        keyOf(TreeMap.class, new TreeMap<>(backwards)));
  }

  abstract static class Rule {
    static final Rule NONE =
        new Rule() {
          @Override
          boolean holds() {
            return true;
          }
        };
    static final Rule NEVER =
        new Rule() {
          @Override
          boolean holds() {
            return false;
          }
        };

    static Rule another() {
      return new Rule() {
        @Override
        boolean holds() {
          return true;
        }
      };
    }

    abstract boolean holds();
  }

  @Test
  void aConstantIsKnownByItsField() {
    assertNotEquals(keyOf(Rule.NONE), keyOf(Rule.NEVER));
    assertTrue(refusalOf(Rule.another()).contains(" is an anonymous class ("));
  }

  @Test
  void addressesAreWhatTheirNumbersSay() throws Exception {
    byte[] bytes = {10, 0, 0, 1};
    assertEquals(
        keyOf(InetAddress.getByAddress(bytes)), keyOf(InetAddress.getByAddress("host", bytes)));
    assertEquals(
        keyOf(new InetSocketAddress(InetAddress.getByAddress(bytes), 80)),
        keyOf(new InetSocketAddress(InetAddress.getByAddress("host", bytes), 80)));
    assertEquals(
        keyOf(InetSocketAddress.createUnresolved("host", 80)),
        keyOf(InetSocketAddress.createUnresolved("host", 80)));
    assertNotEquals(
        keyOf(InetSocketAddress.createUnresolved("host", 80)),
        keyOf(InetSocketAddress.createUnresolved("other", 80)));
  }

  static final class Days extends scala.Enumeration {
    final Value monday = Value();
    final Value tuesday = Value();
  }

  @Test
  void aValueOfAScalaEnumerationIsItsNumber() {
    assertEquals(keyOf(new Days().monday), keyOf(new Days().monday));
    assertNotEquals(keyOf(new Days().monday), keyOf(new Days().tuesday));
  }

  @Test
  void aStringOfGroovyIsTheText() {
    CompiledClasses classes =
        CompiledClasses.of(
            "groovy.lang.GString",
            """
            package groovy.lang;
            public abstract class GString implements CharSequence {
              public int length() { return toString().length(); }
              public char charAt(int i) { return toString().charAt(i); }
              public CharSequence subSequence(int from, int to) { return toString().substring(from, to); }
            }
            """,
            "app.Text",
            """
            package app;
            public class Text extends groovy.lang.GString {
              @Override public String toString() { return "a" + 1; }
            }
            """);
    Object text = classes.create("app.Text");

    assertEquals("shop:products:a1", explicit(text));
    assertEquals(keyOf(CharSequence.class, "a1"), keyOf(CharSequence.class, text));
  }

  @Test
  void valuesOfLibrariesAreWhatTheySay() {
    assertEquals(keyOf(new Regex("a")), keyOf(new Regex("a")));
    Regex used = new Regex("a", RegexOption.IGNORE_CASE);
    used.getOptions();
    assertEquals(keyOf(new Regex("a", RegexOption.IGNORE_CASE)), keyOf(used));
    assertNotEquals(keyOf(new Regex("a")), keyOf(used));

    ArrayListMultimap<String, Integer> multimap = ArrayListMultimap.create(1, 100);
    multimap.put("a", 1);
    multimap.put("a", 2);
    assertEquals(keyOf(ImmutableMultimap.of("a", 1, "a", 2)), keyOf(multimap));
    assertNotEquals(keyOf(ImmutableMultimap.of("a", 2, "a", 1)), keyOf(multimap));
    assertEquals(
        keyOf(HashMultiset.create(List.of("a", "b", "a"))),
        keyOf(HashMultiset.create(List.of("b", "a", "a"))));
    HashBasedTable<String, String, Integer> table = HashBasedTable.create();
    table.put("a", "b", 1);
    HashBasedTable<String, String, Integer> same = HashBasedTable.create(99, 99);
    same.put("a", "b", 1);
    assertEquals(keyOf(same), keyOf(table));
  }
}
