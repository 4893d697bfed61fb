package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9211, with the strings and tokens of RFC 8941. */
class CacheStatusTest {

  @ParameterizedTest
  @CsvSource({
    "30, 30",
    "0, 0",
    "-412, -412",
    "9223372036854775807, 999999999999999",
    "-9223372036854775808, -999999999999999",
  })
  void aHitSaysHowLongItRemainsFresh(long ttl, String written) {
    assertEquals("rediscached; hit; ttl=" + written, CacheStatus.hit(ttl));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "uri-miss | 0 | false | false | null | fwd=uri-miss",
        "uri-miss | 200 | true | false | null | fwd=uri-miss; fwd-status=200; stored",
        "stale | 304 | true | true | no-store"
            + " | fwd=stale; fwd-status=304; stored; collapsed; detail=no-store",
        "miss | 0 | false | true | null | fwd=miss; collapsed",
        "bypass | 0 | false | false | Vary: * | fwd=bypass; detail=\"Vary: *\"",
      })
  void anAnswerOfTheApplicationSaysWhy(
      String reason,
      int status,
      boolean stored,
      boolean collapsed,
      @Nullable String detail,
      String written) {
    assertEquals(
        "rediscached; " + written,
        CacheStatus.forwarded(reason, status, stored, collapsed, detail));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "no-store; no-store",
        "MEMORY; MEMORY",
        "*; *",
        "a:b/c%d; a:b/c%d",
        "``; \"\"",
        "1a; \"1a\"",
        "-a; \"-a\"",
        "a b; \"a b\"",
        "a=b; \"a=b\"",
        "\"a\"; \"\\\"a\\\"\"",
        "a\\b; \"a\\\\b\"",
        "ä; \"?\"",
        "`a\r\nb\tc`; \"a??b?c\"",
        "~; \"~\"",
      })
  void aDetailIsATokenIfItCanBe(String detail, String written) {
    assertEquals(
        "rediscached; fwd=miss; detail=" + written,
        CacheStatus.forwarded("miss", 0, false, false, detail));
  }
}
