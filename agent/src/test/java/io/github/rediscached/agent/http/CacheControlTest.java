package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of cc-parse, cc-freshness and cdn-cache-control of http-tests/cache-tests, and more.
 */
class CacheControlTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "``; -1",
        "no-store; -1",
        "s-maxage=60; -1",
        "x-max-age=60; -1",
        "max-age=3600; 3600",
        "MaX-aGe=3600; 3600",
        "foobar, max-age=3600; 3600",
        "foo=bar,,,max-age=3600,; 3600",
        "max-age=0; 0",
        "max-age=003600; 3600",
        "max-age=2147483646; 2147483646",
        "max-age=2147483647; 2147483647",
        "max-age=2147483648; 2147483647",
        "max-age=99999999999; 2147483647",
        "max-age=99999999999999999999999999; 2147483647",
        "max-age=\"3600\"; 3600",
        "max-age=\"36\\00\"; 3600",
        "max-age=-3600; 0",
        "max-age=+3600; 0",
        "max-age='3600'; 0",
        "max-age=3600.0; 0",
        "max-age=3600.5; 0",
        "max-age=a3600; 0",
        "max-age=3600a; 0",
        "max-age; 0",
        "max-age=; 0",
        "max-age=\"\"; 0",
        "max-age=\" 60\"; 0",
        "max-age =3600; 0",
        "max-age= 3600; 0",
        "max-age = 3600; 0",
        "max-age=3600 60; 0",
        "`max-age=3600; private`; 0",
        "max-age=\"3600; 0",
        "max-age=\"3600\"1; 0",
        "max-age:3600; 0",
        // What is in quotes belongs to another directive, and a quote hides no comma of its own.
        "extension=\"max-age=3600\", max-age=1; 1",
        "max-age=1, extension=\"max-age=3600\"; 1",
        "extension=\"a, max-age=3600\"; -1",
        "extension=\"a\\\", max-age=3600\"; -1",
        "\"max-age=3600\"; -1",
        "=max-age=3600; -1",
        // Several times: the smallest.
        "max-age=1800, max-age=1; 1",
        "max-age=1, max-age=1800; 1",
        "max-age=1800, max-age=1800; 1800",
        "max-age=1800, MAX-AGE=x; 0",
      })
  void theSecondsOfMaxAge(String line, long seconds) {
    assertEquals(seconds, CacheControl.parse(List.of(line)).seconds("max-age"));
  }

  @Test
  void severalLinesAreOneField() {
    CacheControl control = CacheControl.parse(List.of("max-age=1800", "", "max-age=1, No-Store"));
    assertEquals(1, control.seconds("max-age"));
    assertTrue(control.has("no-store"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-store",
        "No-StOrE",
        "\t no-store \t",
        ", ,no-store",
        "max-age=10000, no-store",
        "no-store=\"a\"",
        "no-store foo",
        "no-store; max-age=60",
        "foo=\"a, no-store",
        "foo=\"a\", no-store",
        "foo=\"a\\\\\", no-store",
        "&=%$, no-store",
      })
  void aDirectiveIsFound(String line) {
    CacheControl control = CacheControl.parse(List.of(line));
    assertTrue(control.has("no-store"));
    assertFalse(control.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no-stores", "x=no-store", "\"no-store\"", "x=\"a, no-store\"", "no_store", "no"})
  void anotherIsNotTakenForIt(String line) {
    assertFalse(CacheControl.parse(List.of(line)).has("no-store"));
  }

  @Test
  void aFieldWithoutDirectivesIsEmpty() {
    for (List<String> none :
        List.of(List.<String>of(), List.of(""), List.of(" ,\t,", ""), List.of("\"a\", =1"))) {
      assertSame(CacheControl.NONE, CacheControl.parse(none));
    }
    assertTrue(CacheControl.NONE.isEmpty());
    assertFalse(CacheControl.NONE.has("no-store"));
    assertEquals(-1, CacheControl.NONE.seconds("max-age"));
    assertEquals(List.of(), CacheControl.NONE.fieldNames("no-cache"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "no-cache; ``",
        "no-cache=; ``",
        "no-cache=\"\"; ``",
        "no-cache=\" , \"; ``",
        "no-cache=\"a\"; a",
        "no-cache=a; a",
        "no-cache=\"Set-Cookie, ,B \"; set-cookie|b",
        "no-cache=\"a\", private=\"x\", no-cache=\"b\"; a|b",
        // Without a list the directive is for the whole response, and so with one that is wrong.
        "no-cache=\"a\", no-cache; ``",
        "no-cache, no-cache=\"a\"; ``",
        "no-cache=\"a b\"; ``",
        "no-cache=\"a, (b)\"; ``",
        "no-cache=\"a, b; ``",
        "no-cache =\"a\"; ``",
        "private=\"a\"; ``",
      })
  void theFieldsOfNoCache(String line, String names) {
    List<String> expected = names.isEmpty() ? List.of() : List.of(names.split("\\|"));
    assertEquals(expected, CacheControl.parse(List.of(line)).fieldNames("no-cache"));
  }

  @Test
  void theFieldsOfSeveralLinesCantBeModified() {
    List<String> names =
        CacheControl.parse(List.of("private=\"X\"", "private=Y")).fieldNames("private");
    assertEquals(List.of("x", "y"), names);
    assertThrows(UnsupportedOperationException.class, () -> names.add("z"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "max-age=3600; 3600",
        "foobar, max-age=3600; 3600",
        "`max-age=3600;a=b;c, foobar`; 3600",
        "max-age=2147483648; 2147483647",
        "max-age=99999999999; 2147483647",
        "max-age=0; 0",
        "max-age=-5; 0",
        "max-age=003600; 3600",
        // A Dictionary takes the last one.
        "max-age=1, max-age=1800; 1800",
        "no-store, max-age=\"10000\"; -1",
        "no-store, max-age=a; -1",
        "no-store, max-age=3600.0; -1",
        "no-store, max-age; -1",
        "no-store, max-age=(1); -1",
        "no-store; -1",
      })
  void theSecondsOfATargetedMaxAge(String line, long seconds) {
    CacheControl control = CacheControl.parseTargeted(List.of(line));
    assertNotNull(control);
    assertEquals(seconds, control.seconds("max-age"));
    assertEquals(seconds >= 0, control.has("max-age"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "max-age=10000, &&&&&",
        "max-age=\"10000\"",
        "max-age =100",
        "max-age= 100",
        "MaX-aGe=3600",
        "max-age=3600,",
        "max-age=3600 no-store",
        "max-age=9999999999999999",
        "no-store=?0",
      })
  void aTargetedFieldThatIsWrongOrEmptyIsIgnored(String line) {
    assertNull(CacheControl.parseTargeted(List.of(line)));
  }

  @Test
  void theDirectivesOfATargetedField() {
    CacheControl control =
        CacheControl.parseTargeted(
            List.of("private, no-cache=\"A, b\"", "no-store=?1, public=?0, stale-if-error=5"));
    assertNotNull(control);
    assertFalse(control.isEmpty());
    assertTrue(control.has("private"));
    assertTrue(control.has("no-store"));
    assertFalse(control.has("public"));
    assertEquals(5, control.seconds("stale-if-error"));
    assertEquals(List.of("a", "b"), control.fieldNames("no-cache"));
    assertEquals(List.of(), control.fieldNames("private"));
    assertNull(CacheControl.parseTargeted(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "no-cache; ``",
        "no-cache=A; a",
        "no-cache=\"a b\"; ``",
        "no-cache=5; ``",
        "no-cache=1.5; ``",
        "no-cache=(a b); ``",
      })
  void theFieldsOfATargetedNoCache(String line, String name) {
    CacheControl control = CacheControl.parseTargeted(List.of(line));
    assertNotNull(control);
    assertTrue(control.has("no-cache"));
    assertEquals(name.isEmpty() ? List.of() : List.of(name), control.fieldNames("no-cache"));
  }
}
