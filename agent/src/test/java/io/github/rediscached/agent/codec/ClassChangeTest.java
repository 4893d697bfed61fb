package io.github.rediscached.agent.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** An entry that was written by other class files is a miss; each case compiles both. */
class ClassChangeTest {

  private record Change(String name, String before, String after) {}

  private static final String BODY =
      "public class V { public Object v = make(); static Object make() { return new T(); } }";

  private static final List<Change> CHANGES =
      List.of(
          new Change("added", "class T { int a = 1; }", "class T { int a = 1; int b = 2; }"),
          new Change("removed", "class T { int a = 1; int b = 2; }", "class T { int a = 1; }"),
          new Change("renamed", "class T { int a = 1; }", "class T { int b = 1; }"),
          new Change("int to long", "class T { int a = 1; }", "class T { long a = 1; }"),
          new Change("boolean to byte", "class T { boolean a; }", "class T { byte a; }"),
          new Change("int to Integer", "class T { int a; }", "class T { Integer a; }"),
          new Change(
              "List to Set",
              "class T { java.util.List<String> a = new java.util.ArrayList<>(); }",
              "class T { java.util.Set<String> a = new java.util.HashSet<>(); }"),
          new Change(
              "type argument",
              "class T { java.util.List<String> a = java.util.List.of(\"1\"); }",
              "class T { java.util.List<Long> a = java.util.List.of(1L); }"),
          new Change("array", "class T { int[] a; }", "class T { int[][] a; }"),
          new Change(
              "names swapped",
              "class T { int a = 1; int b = 2; String c; }",
              "class T { int b = 1; String a; int c = 2; }"),
          new Change(
              "moved to superclass",
              "class S { } class T extends S { int a = 1; }",
              "class S { int a = 1; } class T extends S { }"),
          new Change(
              "superclass inserted",
              "class S { int a = 1; } class T extends S { }",
              "class S { int a = 1; } class M extends S { } class T extends M { }"),
          new Change(
              "field of superclass added",
              "class S { } class T extends S { int a = 1; }",
              "class S { int z; } class T extends S { int a = 1; }"),
          new Change("made transient", "class T { int a = 1; }", "class T { transient int a; }"),
          new Change("made static", "class T { int a = 1; }", "class T { static int a; }"),
          new Change(
              "class to record",
              "class T { private final int a = 1; }",
              "record T(int a) { T() { this(1); } }"),
          new Change(
              "record component added",
              "record T(int a) { T() { this(1); } }",
              "record T(int a, int b) { T() { this(1, 2); } }"),
          new Change(
              "record components reordered",
              "record T(int a, int b) { T() { this(1, 2); } }",
              "record T(int b, int a) { T() { this(1, 2); } }"),
          new Change(
              "enum constant removed",
              "enum E { A, B, C } class T { E e = E.C; }",
              "enum E { A, C } class T { E e = E.C; }"),
          new Change(
              "enum constants reordered",
              "enum E { A, B } class T { E e = E.B; }",
              "enum E { B, A } class T { E e = E.B; }"),
          new Change(
              "enum constant added",
              "enum E { A, B } class T { E e = E.B; }",
              "enum E { A, B, C } class T { E e = E.B; }"),
          new Change(
              "enum set",
              "enum E { A, B } class T { java.util.Set<E> e = java.util.EnumSet.allOf(E.class); }",
              "enum E { B, A } class T { java.util.Set<E> e = java.util.EnumSet.allOf(E.class); }"),
          new Change(
              "own instance added",
              "class T { final boolean on = true; }",
              "class T { static final T INSTANCE = new T(); final boolean on = false;"
                  + " static T make() { return new T(); } }"),
          new Change("class to enum", "class T { }", "enum T { A; T() {} }"),
          new Change(
              "nested class changed",
              "class N { int a = 1; } class T { N n = new N(); }",
              "class N { int b = 1; } class T { N n = new N(); }"),
          new Change(
              "array's element changed",
              "class N { int a = 1; } class T { N[] n = {new N()}; }",
              "class N { int b = 1; } class T { N[] n = {new N()}; }"),
          new Change(
              "class of a field gone",
              "class N { } class T { Object n = new N(); }",
              "class T { Object n; }"),
          new Change("class gone", "class T { }", "class U { }"));

  @TestFactory
  Stream<DynamicTest> changedClassIsAMiss() {
    return CHANGES.stream()
        .map(change -> DynamicTest.dynamicTest(change.name, () -> check(change)));
  }

  private static void check(Change change) throws Exception {
    Version before = Version.of(BODY, change.before);
    Version after =
        change.name.equals("class gone")
            ? Version.of("public class V { public Object v; }", change.after)
            : Version.of(
                change.after.startsWith("enum T") ? BODY.replace("new T()", "T.A") : BODY,
                change.after);

    for (String root : new String[] {"V", "T"}) {
      if (!after.has(root)) {
        continue;
      }
      ValueFormat reader = after.formatOf(root);
      byte[] bytes = Codecs.write(before.formatOf(root), before.newInstance("V"));
      // What was written here makes the classes known, as it does where both versions run.
      Codecs.write(reader, after.newInstance("V"));

      UnreadableValueException unreadable =
          assertThrows(UnreadableValueException.class, () -> Codecs.read(reader, bytes));

      assertEquals(
          UnreadableValueException.Kind.FOREIGN_LAYOUT, unreadable.kind(), unreadable.getMessage());
    }
    if (!change.name.endsWith("gone")) {
      assertNotEquals(before.formatOf("T").layout(), after.formatOf("T").layout(), "schema");
    }
  }

  @Test
  void missingClassIsSaidToBeMissing() throws Exception {
    Version before = Version.of("public class V { public T v = new T(); }", "class T { int a; }");
    Version after = Version.of("public class V { public U v = new U(); }", "class U { int a; }");
    byte[] bytes = Codecs.write(before.formatOf("V"), List.of(before.newInstance("T")));
    UnreadableValueException unreadable =
        assertThrows(UnreadableValueException.class, () -> Codecs.read(after.formatOf("V"), bytes));
    assertEquals(UnreadableValueException.Kind.FOREIGN_LAYOUT, unreadable.kind());
    assertEquals("T is not there.", unreadable.getMessage());
  }

  @Test
  void aClassThatNoValueHasMayBeMissing() throws Exception {
    Version whole =
        Version.of(
            "public class V { T t; int a = 1; }",
            "final class T { final Gone gone = null; }",
            "final class Gone {}");
    Version application = whole.without("Gone");
    ValueFormat format = application.formatOf("V");

    byte[] bytes = Codecs.write(format, application.newInstance("V"));

    assertEquals("V", String.valueOf(Codecs.read(format, bytes)).replaceAll("@.*", ""));
  }

  @Test
  void whatDoesNotChangeTheFieldsIsStillRead() throws Exception {
    Version before =
        Version.of(BODY, "class T { int a = 1; String b = \"x\"; int sum() { return a; } }");
    Version after =
        Version.of(
            BODY,
            "class T implements Comparable<T> { static int count; transient int cache; String b;"
                + " int cache() { if (cache == 0) { cache = 2 * a; } return cache; }"
                + " int a; int twice() { return 2 * a; }"
                + " public int compareTo(T o) { return 0; }"
                + " public String toString() { return a + b; } }");
    byte[] bytes = Codecs.write(before.formatOf("V"), before.newInstance("T"));
    ValueFormat reader = after.formatOf("T");
    assertEquals("1x", String.valueOf(Codecs.read(reader, bytes)));
    assertEquals(before.formatOf("T").layout(), reader.layout());
  }

  @Test
  void sameClassFilesInAnotherLoaderAreRead() throws Exception {
    Version here = Version.of(BODY, "enum E { A } class T { E e = E.A; T[] ts = {}; }");
    Version there = Version.of(BODY, "enum E { A } class T { E e = E.A; T[] ts = {}; }");
    byte[] bytes = Codecs.write(here.formatOf("T"), here.newInstance("T"));
    Object back = Codecs.read(there.formatOf("T"), bytes);
    assertNotNull(back);
    assertEquals(there.newInstance("T").getClass(), back.getClass());
  }
}
