package io.github.rediscached.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodPatternTest {

  @ParameterizedTest
  @CsvSource({
    // pattern, class, matches
    "com.acme.Products, com.acme.Products, true",
    "com.acme.Products, com.acme.Product, false",
    "com.acme.Products, com.acme.Productss, false",
    "com.acme.Products, com.acme.sub.Products, false",
    "com.acme.Products, com.acme.Products$Inner, false",
    "com.acme.Products+, com.acme.Products, true",
    "com.acme.Outer$Inner, com.acme.Outer$Inner, true",
    "com.acme.Outer$*, com.acme.Outer$Inner, true",
    "com.acme.Outer$*, com.acme.Outer, false",
    "com.acme.Outer$*, com.acme.Outer$Inner$Deep, false",
    "com.acme.Outer$*$Deep, com.acme.Outer$Inner$Deep, true",
    "com.acme.*, com.acme.Products, true",
    "com.acme.*, com.acme.sub.Products, false",
    "com.acme.*, com.acme.Products$$SpringCGLIB$$0, false",
    "com.acme.*, com.acmee.Products, false",
    "com.*.Products, com.acme.Products, true",
    "com.*.Products, com.acme.sub.Products, false",
    "com.*.Products, com.Products, false",
    "com.a*e.P*d*s, com.acme.Products, true",
    "com.a*e.P*d*s, com.acme.Prods, true",
    "com.a*e.P*d*s, com.acme.Pds, true",
    "com.a*e.P*d*s, com.acme.Ps, false",
    "com.acme..Products, com.acme.Products, true",
    "com.acme..Products, com.acme.a.Products, true",
    "com.acme..Products, com.acme.a.b.Products, true",
    "com.acme..Products, com.acmeProducts, false",
    "com.acme..Products, com.acmex.Products, false",
    "com.acme..Products, com.acme.aProducts, false",
    "com.acme..*, com.acme.a.b.C, true",
    "com.acme..*, com.acme.C, true",
    "com.acme..*, com.acme, false",
    "com..a*..P*s, com.x.ab.y.Products, true",
    "com..a*..P*s, com.ab.Products, true",
    "com..a*..P*s, com.b.Products, false",
    "com..b..a*..C, com.b.b.a.x.C, true",
    "com..a.b.C, com.a.a.b.C, true",
    "com..*a.b.C, com.xa.c.ya.b.C, true",
    "..Products, Products, true",
    "..Products, com.acme.Products, true",
    "..Products, com.acme.MyProducts, false",
    "*, Products, true",
    "*, com.Products, false",
    "*..*, com.acme.Products, true",
    "*..*, Products, false",
    "..*, Products, true",
    "..*, com.acme.Products, true",
    "ab*ba, aba, false",
    "ab*ba, abba, true",
    "Products, Products, true",
    "Products, com.acme.Products, false",
    "com.acme.Größe, com.acme.Größe, true",
  })
  void aTypeIsFoundByNameAndWildcards(String type, String className, boolean matches) {
    MethodPattern pattern = MethodPattern.parse(type + ".find(..)");
    assertEquals(matches, pattern.matchesClass(className), pattern + " on " + className);
  }

  @ParameterizedTest
  @CsvSource({
    "find, find, true",
    "find, finds, false",
    "find*, find, true",
    "find*, findAll, true",
    "find*, refind, false",
    "*, anything, true",
    "*All*, findAllOf, true",
    "*All*, find, false",
    // Compilers make such methods.
    "*, lambda$find$0, false",
    "find$default, find$default, true",
  })
  void aMethodIsFoundByNameAndWildcards(String name, String methodName, boolean matches) {
    MethodPattern pattern = MethodPattern.parse("com.acme.Products." + name + "(..)");
    assertEquals(matches, pattern.matchesMethod(methodName, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| ''| true",
        "''| long| false",
        "..| ''| true",
        "..| long,int,java.lang.String| true",
        "long| long| true",
        "long| java.lang.Long| false",
        "long| int| false",
        "long| ''| false",
        "long| long,long| false",
        "Long| java.lang.Long| true",
        "String| java.lang.String| true",
        "String| com.acme.String| true",
        "String| com.acme.MyString| false",
        "java.lang.String| java.lang.String| true",
        "java.lang.String| com.acme.String| false",
        "String[]| java.lang.String[]| true",
        "String[]| java.lang.String| false",
        "String| java.lang.String[]| false",
        "String[][]| java.lang.String[][]| true",
        "String...| java.lang.String[]| true",
        "String[]...| java.lang.String[][]| true",
        "int []| int[]| true",
        "Inner| com.acme.Outer$Inner| true",
        "Inner[]| com.acme.Outer$Inner[]| true",
        "Outer$Inner| com.acme.Outer$Inner| true",
        "com.acme.Outer$Inner| com.acme.Outer$Inner| true",
        "com.acme.Inner| com.acme.Outer$Inner| false",
        "Outer| com.acme.Outer$Inner| false",
        "Inner| com.acme.NotInner| false",
        "*| long| true",
        "*| java.lang.String[]| true",
        "*| ''| false",
        "*| int,int| false",
        "*[]| java.lang.String[]| true",
        "*[]| java.lang.String| false",
        "com.acme.*| com.acme.Product| true",
        "com.acme.*| com.other.Product| false",
        "com.acme..*| com.acme.a.Product| true",
        "long, ..| long| true",
        "long,..| long,int| true",
        "long, ..| int| false",
        ".., long| long| true",
        ".., long| int,long| true",
        ".., long| int,long,int| false",
        ".., long| long,long| true",
        ".., long, .., int| long,int| true",
        ".., long, .., int| a,long,b,int,c,int| true",
        ".., long, .., int| int,long| false",
        "*, *| int,long| true",
        ".., *| ''| false",
        " long , int | long,int| true",
      })
  void parametersAreFoundByTypeAndWildcards(String written, String types, boolean matches) {
    MethodPattern pattern = MethodPattern.parse("com.acme.Products.find(" + written + ")");
    List<String> parameterTypes = types.isEmpty() ? List.of() : List.of(types.split(","));
    assertEquals(matches, pattern.matchesMethod("find", parameterTypes), pattern + " on " + types);
  }

  @Test
  void oneClassIsNamedOnlyWithoutWildcards() {
    assertEquals(
        "com.acme.Outer$Inner",
        MethodPattern.parse("com.acme.Outer$Inner+.find*(..)").exactClassName());
    assertNull(MethodPattern.parse("com.acme.Out*.find(..)").exactClassName());
    assertNull(MethodPattern.parse("com..Outer.find(..)").exactClassName());
  }

  @Test
  void onlyAPlusIncludesSubtypes() {
    assertTrue(MethodPattern.parse("com.acme.Products+.find(..)").includesSubtypes());
    assertFalse(MethodPattern.parse("com.acme.Products.find(..)").includesSubtypes());
  }

  @Test
  void patternsWithTheSameTextAreEqual() {
    MethodPattern pattern = MethodPattern.parse(" com.acme.Products.find(..) ");
    MethodPattern same = MethodPattern.parse("com.acme.Products.find(..)");
    assertEquals("com.acme.Products.find(..)", pattern.text());
    assertEquals("com.acme.Products.find(..)", pattern.toString());
    assertEquals(same, pattern);
    assertEquals(same.hashCode(), pattern.hashCode());
    assertNotEquals(MethodPattern.parse("com.acme.Products.find()"), pattern);
  }

  @Test
  void manyWildcardsStayFast() {
    MethodPattern pattern = MethodPattern.parse("..a*a*a*a*a..b*b*b..c*c*c.X.find(..)");
    String name = "aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbb.".repeat(300) + "X";
    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertFalse(pattern.matchesClass(name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.A.find| which has no parameters. Write com.acme.A.find(..) for any parameters.",
        "com.acme.A.find(..| which does not end with its only \")\". Close the parameters there,"
            + " and only there.",
        "com.acme.A.find(..) throws X| which does not end with its only \")\". Close the parameters"
            + " there, and only there.",
        "com.acme.A.find())| which does not end with its only \")\". Close the parameters there,"
            + " and only there.",
        "com.acme.A.(..)| which names no method. Write one before the \"(\", or * for any.",
        "(..)| which names no method. Write one before the \"(\", or * for any.",
        "find(..)| which names no type. Write package and type before the method, or * for any"
            + " type.",
        "com.acme..find(..)| which names no type. Write package and type before the method, or *"
            + " for any type.",
        "..find(..)| which names no type. Write package and type before the method, or * for any"
            + " type.",
        ".find(..)| which names no type. Write package and type before the method, or * for any"
            + " type.",
        "+.find(..)| which names no type before the \"+\". Write one there, or * for any.",
        "com.acme.+.find(..)| which names no type before the \"+\". Write one there, or * for any.",
        "com.acme+.A.find(..)| which has a misplaced \"+\". It stands only right after the type.",
        "com.acme.A.find+(..)| which has a misplaced \"+\". It stands only right after the type.",
        "com.acme.A.find(B+)| which has a misplaced \"+\". It stands only right after the type.",
        "public * com.acme.A.find(..)| which has a space in \"public * com.acme.A\". Write no"
            + " modifiers, return types or parameter names.",
        "com.acme.A.find(long id)| which has a space in \"long id\". Write no modifiers, return"
            + " types or parameter names.",
        "com/acme/A.find(..)| which has a \"/\". Write dots between packages.",
        "com.acme.A.<init>(..)| which has \"<\" in \"<init>\". Write a name, with * for any part"
            + " of it.",
        "com.acme.A#find(..)| which has \"#\" in \"A#find\". Write a name, with * for any part of"
            + " it.",
        "com...acme.A.find(..)| which has \"...\" in \"com...acme.A\". Write .. for any packages.",
        ".acme.A.find(..)| which has nothing before the dot in \".acme.A\". Write .. for any"
            + " packages.",
        "com.acme.A.find(int,,int)| which has an empty parameter. Write a type, or * for any.",
        "com.acme.A.find(int,)| which has an empty parameter. Write a type, or * for any.",
        "com.acme.A.find(,)| which has an empty parameter. Write a type, or * for any.",
        "com.acme.A.find(...)| which has no type in \"...\". Write its name before the rest.",
        "com.acme.A.find([])| which has no type in \"[]\". Write its name before the rest.",
        "com.acme.A.find(java.)| which has no type in \"java.\". Write its name before the rest.",
        "com.acme.A.find(List<String>)| which has type arguments in \"List<String>\". Write List"
            + " alone.",
        "com.acme.A.find(.String)| which has nothing before the dot in \".String\". Write .. for"
            + " any packages.",
      })
  void mistakesAreExplained(String text, String message) {
    assertEquals("is \"" + text + "\", " + message, mistake(text));
  }

  @Test
  void anEmptyPatternIsExplained() {
    assertEquals(
        "is empty. Write package, type, method and parameters, such as com.acme.Products.find(..).",
        mistake(" "));
  }

  private static @Nullable String mistake(String text) {
    return assertThrows(IllegalArgumentException.class, () -> MethodPattern.parse(text))
        .getMessage();
  }
}
