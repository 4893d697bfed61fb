package io.github.rediscached.agent.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "30s, 30000",
    "10m, 600000",
    "2h, 7200000",
    "7d, 604800000",
    "10 m, 600000",
    "PT1H, 3600000",
    "P1D, 86400000",
    "0s, 0",
  })
  void readsNumbersWithUnitsAndIso(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), TimeSpan.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "10",
        "m",
        "10 minutes",
        "10M",
        "1.5h",
        "10mm",
        "+5s",
        "--5s",
        "1h30m",
        "PT",
        "P",
        "pt1h",
        "99999999999999999999s",
        "9223372036854775807d",
      })
  void refusesWhatIsNoDuration(String text) {
    assertEquals(
        "is \"" + text + "\", not a duration. Write a number and a unit, such as 10m.",
        mistake(() -> TimeSpan.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1ms", "-7d", "PT-1H"})
  void refusesNegativeDurations(String text) {
    assertEquals(
        "is \"" + text + "\", a negative duration. Write a positive one, such as 10m.",
        mistake(() -> TimeSpan.parse(text)));
  }

  @Test
  void aTtlIsWhatRedisCanCount() {
    assertEquals(Duration.ofMillis(1), TimeSpan.parseTtl("1ms"));
    assertEquals(Duration.ofDays(36500), TimeSpan.parseTtl("36500d"));
    assertEquals(
        "is \"0s\", too short. Write at least 1ms.", mistake(() -> TimeSpan.parseTtl("0s")));
    assertEquals(
        "is \"PT0.0009S\", too short. Write at least 1ms.",
        mistake(() -> TimeSpan.parseTtl("PT0.0009S")));
    assertEquals(
        "is \"36501d\", too long. Write at most 36500d.",
        mistake(() -> TimeSpan.parseTtl("36501d")));
  }

  private static @Nullable String mistake(Runnable parse) {
    return assertThrows(IllegalArgumentException.class, parse::run).getMessage();
  }
}
