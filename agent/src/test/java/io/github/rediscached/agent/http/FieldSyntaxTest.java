package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, tokens and quoted strings, with what real clients make of them. */
class FieldSyntaxTest {

  /** The elements are shown with a bar between them. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "a; true; a",
        "a,b; true; a|b",
        "` a\t, b `; true; a|b",
        "a,,b,; true; a||b|",
        "``; true; ``",
        "a=\"b,c\",d; true; a=\"b,c\"|d",
        "a=\"b\\\",c\",d; true; a=\"b\\\",c\"|d",
        // In an entity tag a backslash is a character as any other.
        "\"a\\\",\"b\"; false; \"a\\\"|\"b\"",
        // The quote is never closed, so the comma separates.
        "a=\"b,c; true; a=\"b|c",
        "a=\"b,c\\\"; true; a=\"b|c\\\"",
      })
  void aLineIsSplitAtItsCommas(String line, boolean escapes, String elements) {
    assertEquals(elements, String.join("|", FieldSyntax.elements(line, escapes)));
  }

  @Test
  void aLineOfOpenQuotesTakesLinearTime() {
    String line = "\"" + "\\\",".repeat(300_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertEquals(300_001, FieldSyntax.elements(line, true).size()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "\"60\", 60",
        "\"\", ``",
        "\"a\\\"b\\\\c\\d\", a\"b\\cd",
        "60, null",
        "``, null",
        "\", null",
        "\"60, null",
        "\"60\"1, null",
        "\"a\"b\", null",
        "\"a\\\", null",
      })
  void aQuotedStringIsUnquotedAsAWhole(String text, @Nullable String content) {
    assertEquals(content, FieldSyntax.unquote(text));
  }

  @ParameterizedTest
  @CsvSource({
    "max-age, true",
    "&&&&&, true",
    "*, true",
    "'', false",
    "a b, false",
    "a=b, false",
    "a/b, false",
    "ä, false",
    "a(, false",
    "\"a\", false",
  })
  void aTokenHasNoBlanksAndNoDelimiters(String text, boolean expected) {
    assertEquals(expected, FieldSyntax.isToken(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "007, 7",
    "9223372036854775806, 9223372036854775806",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
    "99999999999999999999999, 9223372036854775807",
    "'', -1",
    "-1, -1",
    "+1, -1",
    "1.0, -1",
    "1a, -1",
    "' 1', -1",
    "٣, -1",
  })
  void digitsAreASCIIDigitsAndEndAtTheLargestLong(String text, long number) {
    assertEquals(number, FieldSyntax.digits(text));
  }

  @Test
  void onlySpacesAndTabsAreBlanks() {
    assertEquals("\u00a0a b\u2003", FieldSyntax.trim("\t \u00a0a b\u2003 \t"));
    assertEquals("", FieldSyntax.trim(" \t "));
    assertEquals(List.of("\n"), FieldSyntax.elements(" \n ", true));
  }
}
