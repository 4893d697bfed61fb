package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
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
}
