package io.github.rediscached.agent.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMultimap;
import io.github.rediscached.agent.testing.CompiledClasses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import kotlin.text.Regex;
import kotlin.text.RegexOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values of libraries, and addresses, that are what some of their methods say. */
@SuppressWarnings("all") // Code as users write it.
class LibraryKeyTest {

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
