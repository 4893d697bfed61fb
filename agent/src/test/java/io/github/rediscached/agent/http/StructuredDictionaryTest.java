package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8941, 4.2.2: what is a Dictionary and what is none. */
class StructuredDictionaryTest {

  private static final Object OTHER = StructuredDictionary.OTHER;

  private static Stream<Arguments> dictionaries() {
    return Stream.of(
        Arguments.of("", Map.of()),
        Arguments.of("   ", Map.of()),
        Arguments.of("a", Map.of("a", true)),
        Arguments.of("  a  ", Map.of("a", true)),
        Arguments.of("*a_b-c.d*1", Map.of("*a_b-c.d*1", true)),
        Arguments.of("a=?1, b=?0", Map.of("a", true, "b", false)),
        Arguments.of("a=0, b=-7, c=007", Map.of("a", 0L, "b", -7L, "c", 7L)),
        Arguments.of("a=-0", Map.of("a", 0L)),
        Arguments.of(
            "a=999999999999999, b=-999999999999999",
            Map.of("a", 999_999_999_999_999L, "b", -999_999_999_999_999L)),
        Arguments.of("a=1.5, b=-123456789012.123", Map.of("a", OTHER, "b", OTHER)),
        Arguments.of("a=b, c=*d, e=f:g/h%i", Map.of("a", "b", "c", "*d", "e", "f:g/h%i")),
        Arguments.of("a=\"b, c=\\\"d\\\\\", e", Map.of("a", "b, c=\"d\\", "e", true)),
        Arguments.of("a=\"\"", Map.of("a", "")),
        Arguments.of("a=:aGVsbG8=:, b=::", Map.of("a", OTHER, "b", OTHER)),
        Arguments.of("a=(), b=(1  c \"d\";e;f=2 );g=?0", Map.of("a", OTHER, "b", OTHER)),
        Arguments.of("a;b;c=1; d=\"x\";e=f, g=1;h=2.5", Map.of("a", true, "g", 1L)),
        Arguments.of("a=1 \t,\t b", Map.of("a", 1L, "b", true)),
        // The last one of several counts, whatever its type is.
        Arguments.of("a=1, b, a=2", Map.of("a", 2L, "b", true)),
        Arguments.of("a=1, a=b", Map.of("a", "b")));
  }

  @ParameterizedTest
  @MethodSource("dictionaries")
  void aDictionaryHasItsMembers(String text, Map<String, Object> members) {
    assertEquals(members, StructuredDictionary.parse(List.of(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "MaX-aGe=3600",
        "1a",
        "-a",
        "&&&&&",
        "a, &&&&&",
        "=1",
        "\"a\"",
        "\ta",
        "ä",
        "a,",
        "a, ",
        ",a",
        "a,,b",
        "a b",
        "a;",
        "a;B",
        "a;b=",
        "a=",
        "a =1",
        "a= 1",
        "a = 1",
        "a=-",
        "a=--1",
        "a=+1",
        "a=1000000000000000",
        "a=1.",
        "a=.5",
        "a=1.2345",
        "a=1234567890123.1",
        "a=1.2.3",
        "a=1b",
        "a=?2",
        "a=?",
        "a=?true",
        "a=\"b",
        "a=\"b\\\"",
        "a=\"\\b\"",
        "a=\"ä\"",
        "a=\"\t\"",
        "a=\"b\"c",
        "a='1'",
        "a=:aGVsbG8",
        "a=:a b:",
        "a=(",
        "a=(1",
        "a=(1,2)",
        "a=(1\"b\")",
        "a=((1))",
        "a=)",
        "a=(;b)",
        "a=(1;B)",
        "a=b\u0000",
        "\u0000",
        "a=@1659578233",
        "a=%\"b\"",
      })
  void oneWrongCharacterMakesItNone(String text) {
    assertNull(StructuredDictionary.parse(List.of(text)));
  }

  @Test
  void severalLinesAreOneDictionary() {
    assertEquals(Map.of("a", 2L, "b", true), StructuredDictionary.parse(List.of("a=1", "b, a=2")));
    assertEquals(Map.of("a", "b, c"), StructuredDictionary.parse(List.of("a=\"b", "c\"")));
    assertEquals(Map.of(), StructuredDictionary.parse(List.of()));
    assertNull(StructuredDictionary.parse(List.of("a", "B")));
  }
}
