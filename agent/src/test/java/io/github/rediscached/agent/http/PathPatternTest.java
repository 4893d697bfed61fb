package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of paths: what they match, what they refuse, and how long they take. */
class PathPatternTest {

  /** The variables are shown as a map is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "no",
      value = {
        "/; /; {}",
        "/; ''; no",
        "/; /a; no",
        "/a; /a; {}",
        "/a; /A; no",
        "/a; /a/; no",
        "/a/; /a/; {}",
        "/a/; /a; no",
        "/a; /ab; no",
        "/a; /a/b; no",
        "/a/b; /a/b; {}",
        "/a b/ü.html; /a b/ü.html; {}",
        "/a.b; /axb; no",
        "/100%; /100%; {}",
        // An asterisk: any characters of one segment, or none.
        "/*; /a; {}",
        "/*; /; {}",
        "/*; ''; no",
        "/*; /a/; no",
        "/*; /a/b; no",
        "/*/; /a/; {}",
        "/a/*; /a; no",
        "/a/*; /a/b; {}",
        "/a/*/c; /a/b/c; {}",
        "/a/*/c; /a/c; no",
        "/a/*/c; /a/b/x/c; no",
        "/*.css; /a.css; {}",
        "/*.css; /.css; {}",
        "/*.css; /a.css.map; no",
        "/*.css; /a.css/b.css; no",
        "/a*; /a; {}",
        "/a*; /abc; {}",
        "/a*; /b; no",
        "/a*a; /a; no",
        "/a*a; /aa; {}",
        "/a*a; /aba; {}",
        "/a*b*c; /abc; {}",
        "/a*b*c; /a--b--c; {}",
        "/a*b*c; /acb; no",
        "/a*bc*c; /abc; no",
        "/*ab*ab*; /abab; {}",
        "/*ab*ab*; /xabyabz; {}",
        "/*ab*ab*; /xaby; no",
        // A variable: at least one character.
        "/products/{id}; /products/42; {id=42}",
        "/products/{id}; /products/; no",
        "/products/{id}; /products; no",
        "/products/{id}; /products/42/; no",
        "/products/{id}; /products/42/x; no",
        "/products/{id}/; /products/42/; {id=42}",
        "/products/{id}.json; /products/42.json; {id=42}",
        "/products/{id}.json; /products/.json; no",
        "/products/{id}.json; /products/a.json.json; {id=a.json}",
        "/products/{id}.json; /products/42.xml; no",
        "/p-{id}; /p-42; {id=42}",
        "/p-{id}; /p-; no",
        "/{b}/{a}; /1/2; '{b=1, a=2}'",
        "/{b}/x/{a}; /1/y/2; no",
        "/{language}-{country}/a; /de-AT/a; '{language=de, country=AT}'",
        "/{a}-{b}; /1-2-3; '{a=1, b=2-3}'",
        "/{a}-{b}; /-1; no",
        "/{a}-{b}; /1-; no",
        "/{a}-{b}; /--1; '{a=-, b=1}'",
        "/{a}-*; /1-; {a=1}",
        "/*-{a}; /-1; {a=1}",
        "/{a}; /{a}; {a={a}}",
        "/{id}; /ü €; {id=ü €}",
        // The rest, or none.
        "/**; /; {}",
        "/**; ''; {}",
        "/**; /a/b/; {}",
        "/a/**; /a; {}",
        "/a/**; /a/; {}",
        "/a/**; /a/b; {}",
        "/a/**; /a/b/c; {}",
        "/a/**; /ab; no",
        "/a/**; /b/a; no",
        "/a/**; /; no",
        "/{tenant}/**; /x/y/z; {tenant=x}",
        "/{tenant}/**; /x; {tenant=x}",
        "/{tenant}/**; /; no",
        "/*.d/**; /a.d/b; {}",
        "/*.d/**; /a.e/b; no",
      })
  void aPathMatches(String pattern, String path, @Nullable String variables) {
    Map<String, String> match = PathPattern.parse(pattern).match(path);
    assertEquals(variables, match == null ? null : match.toString());
  }

  @Test
  void theVariablesCantBeModified() {
    for (String text : List.of("/a", "/{a}")) {
      Map<String, String> variables = PathPattern.parse(text).match("/a");
      assertNotNull(variables);
      assertThrows(UnsupportedOperationException.class, () -> variables.put("b", "1"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/, true, 1",
    "/a/b, true, 4",
    "/a/b/, true, 5",
    "/*, false, 1",
    "/**, false, 0",
    "/a/**, false, 2",
    "/a/*, false, 3",
    "/a/*b, false, 4",
    "/products/{id}, false, 10",
    "/products/{id}.json, false, 15",
  })
  void itsLiteralsMakeItSpecial(String text, boolean exact, int literals) {
    PathPattern pattern = PathPattern.parse(text);
    assertEquals(exact, pattern.isExact());
    assertEquals(literals, pattern.literalLength());
    assertEquals(text, pattern.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; does not begin with \"/\"",
        "products; does not begin with \"/\"",
        "*; does not begin with \"/\"",
        "https://example.org/a; does not begin with \"/\"",
        "/a?b=c; has a \"?\"",
        "/a//b; has a segment that is empty, \".\" or \"..\"",
        "//; has a segment that is empty, \".\" or \"..\"",
        "//**; has a segment that is empty, \".\" or \"..\"",
        "/a/../b; has a segment that is empty, \".\" or \"..\"",
        "/./a; has a segment that is empty, \".\" or \"..\"",
        "/..; has a segment that is empty, \".\" or \"..\"",
        "/**/a; has \"**\" before its end or within a segment",
        "/a/**/; has \"**\" before its end or within a segment",
        "/a**; has \"**\" before its end or within a segment",
        "/**.css; has \"**\" before its end or within a segment",
        "/a/***; has \"**\" before its end or within a segment",
        "/**/**; has \"**\" before its end or within a segment",
        "/{a}{b}; has two wildcards side by side",
        "/{a}*; has two wildcards side by side",
        "/*{a}; has two wildcards side by side",
        "/{a; has a \"{\" without a \"}\"",
        "/{a/b}; has a \"{\" without a \"}\"",
        "/a}; has a \"}\" without a \"{\"",
        "/{a}}; has a \"}\" without a \"{\"",
        "/{}; has the variable {}",
        "/{1a}; has the variable {1a}",
        "/{a-b}; has the variable {a-b}",
        "/{*a}; has the variable {*a}",
        "/{id:[0-9]+}; has the variable {id:[0-9]+}",
        "/{a{b}}; has the variable {a{b}",
        "/{a}/{a}; has the variable {a} twice",
        "/a%20b; has the escape \"%20\"",
        "/%C3%bc/{a}; has the escape \"%C3\"",
      })
  void aMistakeIsNamedWithItsRemedy(String text, String mistake) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(text));
    String message = String.valueOf(e.getMessage());
    String beginning = "is \"" + text + "\", which " + mistake + ". ";
    assertEquals(beginning, message.substring(0, Math.min(beginning.length(), message.length())));
    // A sentence of its own follows: what to do.
    assertEquals(
        true,
        Pattern.matches("(?s)(Write|Remove|Put|Give) .+\\.", message.substring(beginning.length())),
        message);
  }

  @ParameterizedTest
  @CsvSource({
    "/*a*a*a*a*a*a*a*a*a*a*a*b, a, false",
    "/*a*a*a*a*a*a*a*a*a*a*a*, a, true",
    "/{a}a{b}a{c}a{d}a{e}a{f}a{g}a{h}b, a, false",
    "/*aa*aa*aa*aa*ab*aa*aa*, a, false",
    "/*/*/*/*/*/*/*/*b, a/, false",
    "/a/**, a/, true",
  })
  void aLongPathTakesNoTime(String text, String part, boolean matches) {
    PathPattern pattern = PathPattern.parse(text);
    String path = "/" + part.repeat(8192 / part.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 1000; i++) {
            assertEquals(matches, pattern.match(path) != null);
          }
        });
  }

  @Test
  void aPathThatDoesNotBeginWithASlashMatchesNothing() {
    assertNull(PathPattern.parse("/a*").match("a"));
    assertNull(PathPattern.parse("/**").match("a"));
  }
}
