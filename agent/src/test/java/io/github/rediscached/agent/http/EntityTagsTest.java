package io.github.rediscached.agent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, 8.8.3.2 and 13.1, with the cases of conditional-inm of http-tests/cache-tests. */
class EntityTagsTest {

  /** A bar separates lines. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "\"abcdef\"; \"abcdef\"; true",
        "\"abcdef\"; \"abcdeF\"; false",
        "\"abcdef\"; \"abcde\"; false",
        // The weak comparison.
        "W/\"1\"; W/\"1\"; true",
        "W/\"1\"; \"1\"; true",
        "\"1\"; W/\"1\"; true",
        "W/\"1\"; W/\"2\"; false",
        "w/\"1\"; \"1\"; false",
        "w/\"1\"; w/\"1\"; true",
        // Lists.
        "\"abcdef\", \"1234\", \"5678\"; \"abcdef\"; true",
        "\"1234\", \"abcdef\", \"5678\"; \"abcdef\"; true",
        "\"1234\",\"5678\",W/\"abcdef\"; \"abcdef\"; true",
        "`, ,\t\"a\" ,`; \"a\"; true",
        "\"1\"|\"2\", \"3\"; \"3\"; true",
        "\"1\"|\"2\"; \"3\"; false",
        // A comma and a backslash in quotes are a part of the tag.
        "\"a,b\", \"c\"; \"a,b\"; true",
        "\"a,b\"; \"b\"; false",
        "\"x\", \"a\"b\"; a; false",
        "\"a\\\", \"b\"; \"b\"; true",
        "\"a\\\"; \"a\\\"; true",
        // The asterisk alone.
        "*; \"a\"; true",
        "` * `; W/\"a\"; true",
        "\"*\"; \"a\"; false",
        "*, \"b\"; \"a\"; false",
        "*|\"b\"; \"a\"; false",
        // Not valid, but what the application sends and what a client returns.
        "abcdef; abcdef; true",
        "abcdef; \"abcdef\"; false",
        "\"\"; \"\"; true",
        "``; \"a\"; false",
        "``; ``; false",
        "*; ``; false",
        ",; ``; false",
        "\"abcdefü\"; \"abcdefü\"; true",
      })
  void ifNoneMatchNamesTheTag(String lines, String etag, boolean expected) {
    assertEquals(expected, EntityTags.matches(List.of(lines.split("\\|", -1)), etag));
  }

  @Test
  void noIfNoneMatchNamesNone() {
    assertEquals(false, EntityTags.matches(List.of(), "\"a\""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "\"1\"; \"1\"; true",
        "` \"1\"\t`; \"1\"; true",
        "\"1\"; \"2\"; false",
        "W/\"1\"; W/\"1\"; false",
        "W/\"1\"; \"1\"; false",
        "\"1\"; W/\"1\"; false",
        "1; 1; false",
        "\"; \"; false",
        "\"1\", \"2\"; \"1\", \"2\"; false",
        "*; *; false",
        "``; ``; false",
        "Sun, 06 Nov 1994 08:49:37 GMT; Sun, 06 Nov 1994 08:49:37 GMT; false",
      })
  void ifRangeIsTheTag(String ifRange, String etag, boolean expected) {
    assertEquals(expected, EntityTags.strongly(ifRange, etag));
  }

  @Test
  void aMadeTagIsTheBeginningOfTheSHA256OfTheBody() {
    assertEquals("W/\"e3b0c44298fc1c14\"", EntityTags.weak(new byte[0]));
    assertEquals("W/\"ba7816bf8f01cfea\"", EntityTags.weak("abc".getBytes(UTF_8)));
  }

  @Test
  void eachOtherBitMakesAnotherTag() {
    byte[] body = new byte[256];
    Set<String> tags = new HashSet<>();
    tags.add(EntityTags.weak(body));
    for (int bit = 0; bit < 8 * body.length; bit++) {
      body[bit / 8] ^= (byte) (1 << bit % 8);
      tags.add(EntityTags.weak(body));
      body[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertEquals(8 * body.length + 1, tags.size());
  }
}
