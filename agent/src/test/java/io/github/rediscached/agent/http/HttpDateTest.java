package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of expires-parse of http-tests/cache-tests, and more. */
class HttpDateTest {

  private static final long NOW = Instant.parse("2026-08-01T12:00:00Z").toEpochMilli();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT; 1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT; 1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994; 1994-11-06T08:49:37Z",
        "Sun Nov 06 08:49:37 1994; 1994-11-06T08:49:37Z",
        "Tue Nov 16 08:49:37 1994; 1994-11-16T08:49:37Z",
        "Tue, 19 Jan 2038 14:14:08 GMT; 2038-01-19T14:14:08Z",
        "Sun, 21 Nov 2286 04:46:39 GMT; 2286-11-21T04:46:39Z",
        "Thursday, 18-Aug-50 02:01:18 GMT; 2050-08-18T02:01:18Z",
        // A Monday in truth.
        "Thu Aug  8 02:01:18 2050; 2050-08-08T02:01:18Z",
        "THU, 18 Aug 2050 02:01:18 GMT; 2050-08-18T02:01:18Z",
        "Thu, 18 AUG 2050 02:01:18 GMT; 2050-08-18T02:01:18Z",
        "thu, 18 aug 2050 02:01:18 gMT; 2050-08-18T02:01:18Z",
        "thursday, 18-aug-50 02:01:18 gmt; 2050-08-18T02:01:18Z",
        "' \tThu, 18 Aug 2050 02:01:18 GMT '; 2050-08-18T02:01:18Z",
        "Thu, 01 Jan 1970 00:00:00 GMT; 1970-01-01T00:00:00Z",
        "Wed, 31 Dec 1969 23:59:59 GMT; 1969-12-31T23:59:59Z",
        "Sat, 01 Jan 0000 00:00:00 GMT; 0000-01-01T00:00:00Z",
        "Fri, 31 Dec 9999 23:59:59 GMT; 9999-12-31T23:59:59Z",
        "Sat, 31 Dec 2016 23:59:60 GMT; 2017-01-01T00:00:00Z",
        "Tue, 29 Feb 2000 00:00:00 GMT; 2000-02-29T00:00:00Z",
        "Thu, 29 Feb 2024 00:00:00 GMT; 2024-02-29T00:00:00Z",
      })
  void aDateIsRead(String text, Instant instant) {
    assertEquals(instant.toEpochMilli(), HttpDate.parse(text, NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0",
        "-1",
        "Thu",
        ",",
        "Thu,",
        ", 18 Aug 2050 02:01:18 GMT",
        "Thu, 18 Aug 2050 02:01:18 UTC",
        "Thu, 18 Aug 2050 02:01:18 AEST",
        "Thu, 18 Aug 2050 02:01:18 +0000",
        "Thu, 18 Aug 2050 02:01:18",
        "Thu, 18 Aug 2050 02:01:18 GMT+1",
        "Thu, 18 Aug 50 02:01:18 GMT",
        "Thu 18 Aug 2050 02:01:18 GMT",
        "Thu, 18  Aug  2050 02:01:18 GMT",
        "Thu,18 Aug 2050 02:01:18 GMT",
        "Thu , 18 Aug 2050 02:01:18 GMT",
        "Thu, 18-Aug-2050 02:01:18 GMT",
        "Thu, 18-Aug-50 02:01:18 GMT",
        "Thursday, 18 Aug 2050 02:01:18 GMT",
        "Thursday, 18-Aug-2050 02:01:18 GMT",
        "Thursda, 18-Aug-50 02:01:18 GMT",
        "Thursday, 18-Aug-5x 02:01:18 GMT",
        "Thursday, 18-Foo-50 02:01:18 GMT",
        "Thursday, 31-Jun-50 02:01:18 GMT",
        "Thursday, 18-Aug-50 25:01:18 GMT",
        "Thu, 18 Aug 2050 02.01.18 GMT",
        "Thu, 18 Aug 2050 2:01:18 GMT",
        "Thu, 8 Aug 2050 02:01:18 GMT",
        "Thu,  8 Aug 2050 02:01:18 GMT",
        "Thu, 18 Aug 2050 2:01:18 GMT, Thu, 18 Aug 2050 2:01:19 GMT",
        "Foo, 18 Aug 2050 02:01:18 GMT",
        "Thu, 18 Foo 2050 02:01:18 GMT",
        "Thu, 18 August 2050 02:01:18 GMT",
        "Thu, 18 08 2050 02:01:18 GMT",
        "Thu, 00 Aug 2050 02:01:18 GMT",
        "Thu, 32 Aug 2050 02:01:18 GMT",
        "Thu, 31 Jun 2050 02:01:18 GMT",
        "Thu, 29 Feb 2050 02:01:18 GMT",
        "Thu, 29 Feb 1900 02:01:18 GMT",
        "Thu, 18 Aug 2050 24:00:00 GMT",
        "Thu, 18 Aug 2050 02:60:18 GMT",
        "Thu, 18 Aug 2050 02:01:61 GMT",
        "Thu, 18 Aug -050 02:01:18 GMT",
        "Thu, ١٨ Aug 2050 02:01:18 GMT",
        "Thu Aug 8 02:01:18 2050",
        "Thu Aug  8 02:01:18 2050 GMT",
        "Thursday Aug  8 02:01:18 2050",
        "Thu Aug x8 02:01:18 2050",
        "Thu Aug  0 02:01:18 2050",
        "Thu Aug  8 02:01:18 50",
        "2050-08-18T02:01:18Z",
        "1628000000",
      })
  void anotherTextIsNoDate(String text) {
    assertEquals(HttpDate.NONE, HttpDate.parse(text, NOW));
  }

  @Test
  void noTextIsNoDate() {
    assertEquals(HttpDate.NONE, HttpDate.parse(null));
    assertEquals(784_111_777_000L, HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // Up to 50 years ahead, to the second.
        "2026-08-01T12:00:00Z; Saturday, 01-Aug-76 12:00:00 GMT; 2076-08-01T12:00:00Z",
        "2026-08-01T12:00:00Z; Sunday, 01-Aug-76 12:00:01 GMT; 1976-08-01T12:00:01Z",
        "2026-08-01T12:00:00Z; Monday, 02-Aug-76 11:00:00 GMT; 1976-08-02T11:00:00Z",
        "2026-08-01T12:00:00Z; Wednesday, 01-Sep-76 11:00:00 GMT; 1976-09-01T11:00:00Z",
        "2026-08-01T12:00:00Z; Friday, 31-Dec-75 23:59:59 GMT; 2075-12-31T23:59:59Z",
        "2026-08-01T12:00:00Z; Friday, 31-Dec-99 23:59:59 GMT; 1999-12-31T23:59:59Z",
        "2026-08-01T12:00:00Z; Saturday, 01-Jan-00 00:00:00 GMT; 2000-01-01T00:00:00Z",
        // There is no such day in 2100.
        "2026-08-01T12:00:00Z; Tuesday, 29-Feb-00 00:00:00 GMT; 2000-02-29T00:00:00Z",
        "2099-12-31T23:00:00Z; Friday, 01-Jan-00 00:00:00 GMT; 2100-01-01T00:00:00Z",
        "2100-01-01T00:00:00Z; Thursday, 31-Dec-99 23:59:59 GMT; 2099-12-31T23:59:59Z",
        "1999-12-31T23:00:00Z; Sunday, 06-Nov-94 08:49:37 GMT; 1994-11-06T08:49:37Z",
        "1999-12-31T23:00:00Z; Sunday, 06-Nov-49 08:49:37 GMT; 2049-11-06T08:49:37Z",
      })
  void aYearOfTwoDigitsIsAtMostFiftyYearsAhead(Instant now, String text, Instant instant) {
    assertEquals(instant.toEpochMilli(), HttpDate.parse(text, now.toEpochMilli()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "784111777000; Sun, 06 Nov 1994 08:49:37 GMT",
        "784111777999; Sun, 06 Nov 1994 08:49:37 GMT",
        "0; Thu, 01 Jan 1970 00:00:00 GMT",
        "-1; Wed, 31 Dec 1969 23:59:59 GMT",
        "951782400000; Tue, 29 Feb 2000 00:00:00 GMT",
        "253402300799999; Fri, 31 Dec 9999 23:59:59 GMT",
        "253402300800000; Fri, 31 Dec 9999 23:59:59 GMT",
        "9223372036854775807; Fri, 31 Dec 9999 23:59:59 GMT",
        "-9223372036854775808; Sat, 01 Jan 0000 00:00:00 GMT",
      })
  void aDateIsWritten(long millis, String text) {
    assertEquals(text, HttpDate.format(millis));
    assertEquals(text, HttpDate.format(millis), "from the cache");
  }

  @Test
  void eachDayOfFourHundredYearsIsWrittenAndReadAgain() {
    DateTimeFormatter formatter =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    Instant first = Instant.parse("1800-01-01T00:00:00Z");
    for (int i = 0; i < 146_097; i++) {
      // Another time on each day.
      Instant instant = first.plusSeconds(i * 86_400L + i % 86_400);
      String text = HttpDate.format(instant.toEpochMilli());
      assertEquals(formatter.format(instant), text);
      assertEquals(instant.toEpochMilli(), HttpDate.parse(text, NOW), text);
    }
  }

  @Test
  void threadsDoNotGetEachOthersDates() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (long thread = 0; thread < 4; thread++) {
        long second = thread * 1000;
        String text = "Thu, 01 Jan 1970 00:00:0" + thread + " GMT";
        tasks.add(
            () -> {
              boolean same = true;
              for (int i = 0; i < 20_000; i++) {
                same &= HttpDate.format(second).equals(text);
              }
              return same;
            });
      }
      for (Future<Boolean> task : threads.invokeAll(tasks)) {
        assertEquals(true, task.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
