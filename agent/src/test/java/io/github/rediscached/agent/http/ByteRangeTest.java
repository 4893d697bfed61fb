package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 14.1.2 and 14.2. */
class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-1, 11, 0, 1",
    "bytes=1-, 11, 1, 10",
    "bytes=-1, 11, 10, 10",
    "bytes=-5, 10, 5, 9",
    "bytes=6-8, 10, 6, 8",
    "bytes=0-0, 1, 0, 0",
    "bytes=0-9, 10, 0, 9",
    "bytes=0-10, 10, 0, 9",
    "bytes=9-10, 10, 9, 9",
    "bytes=-10, 10, 0, 9",
    "bytes=-11, 10, 0, 9",
    "bytes=007-008, 10, 7, 8",
    "BYTES=0-1, 10, 0, 1",
    "' bytes=0-1 ', 10, 0, 1",
    "bytes=0-99999999999999999999, 10, 0, 9",
    "bytes=-99999999999999999999, 10, 0, 9",
    "bytes=0-, 9223372036854775807, 0, 9223372036854775806",
  })
  void aRangeIsRead(String field, long length, long first, long last) {
    ByteRange range = ByteRange.parse(field, length);
    assertEquals(new ByteRange(first, last), range);
    assertNotNull(range);
    assertEquals("bytes " + first + "-" + last + "/" + length, range.contentRange(length));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=10-, 10",
    "bytes=10-20, 10",
    "bytes=-0, 10",
    "bytes=0-, 0",
    "bytes=0-0, 0",
    "bytes=-0, 0",
    "bytes=99999999999999999999-99999999999999999999, 10",
    "bytes=99999999999999999999-, 9223372036854775807",
  })
  void aRangeBehindTheEndCantBeSatisfied(String field, long length) {
    assertSame(ByteRange.UNSATISFIABLE, ByteRange.parse(field, length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=0",
        "bytes=1-0",
        "bytes=5-3",
        "bytes=0-1,3-4",
        "bytes=0-1,",
        "bytes=0-1, -1",
        "bytes=--1",
        "bytes=0--1",
        "bytes=-1-2",
        "bytes=+0-1",
        "bytes= 0-1",
        "bytes =0-1",
        "bytes=0 -1",
        "bytes=0- 1",
        "bytes=0x0-0x1",
        "bytes 0-1",
        "bytes:0-1",
        "items=0-1",
        "byte=0-1",
        "xbytes=0-1",
        "seconds=1-",
        "-1",
        "0-1",
        "bytes=٠-١",
      })
  void anotherFieldIsIgnored(String field) {
    assertNull(ByteRange.parse(field, 10));
  }

  @Test
  void noFieldIsIgnoredAndSoIsTheEndOfAnEmptyBody() {
    assertNull(ByteRange.parse(null, 10));
    assertNull(ByteRange.parse("bytes=-5", 0));
  }

  @Test
  void theAnswerToARangeBehindTheEndSaysTheLength() {
    assertEquals("bytes */10", ByteRange.unsatisfied(10));
  }
}
