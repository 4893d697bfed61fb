package io.github.rediscached.agent.http;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.Year;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates in fields such as {@code Expires} (RFC 9110, 5.6.7). The rules for freshness read them, the
 * answer writes them.
 *
 * <p>A cache ignores the case of names and of GMT (RFC 9111, 4.2). It ignores as well whether the
 * day of the week is the right one.
 */
final class HttpDate {

  /** Stands for a text that is no date. */
  static final long NONE = Long.MIN_VALUE;

  // In these shapes 0 is a digit and ? any character.
  private static final String IMF_FIXDATE = ", 00 ??? 0000 00:00:00 GMT";
  private static final String RFC_850 = ", 00-???-00 00:00:00 GMT";
  private static final String ASCTIME = " ??? ?0 00:00:00 0000";

  private static final String[] DAYS = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
  };
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };
  private static final int SECONDS_OF_DAY = 86_400;

  // The first and the last second that four digits of a year can say.
  private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * SECONDS_OF_DAY;
  private static final long LAST = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_OF_DAY - 1;

  /** Most answers of one second have the same Date, so the last text is kept. */
  private static volatile Formatted last = new Formatted(0, text(0));

  private record Formatted(long second, String text) {}

  private HttpDate() {}

  /**
   * Reads a date in any of the three formats.
   *
   * @return milliseconds since 1970, or {@link #NONE} if there is no valid date
   */
  static long parse(@Nullable String text) {
    return text == null ? NONE : parse(text, System.currentTimeMillis());
  }

  /** As {@link #parse(String)}, at a given time: the century of a two-digit year depends on it. */
  static long parse(String text, long nowMillis) {
    String field = FieldSyntax.trim(text);
    int comma = field.indexOf(',');
    int dayEnd = comma < 0 ? Math.min(3, field.length()) : comma;
    if (!isDay(field.substring(0, dayEnd))) {
      return NONE;
    }
    String date = field.substring(dayEnd);
    if (comma == 3 && hasShape(date, IMF_FIXDATE)) {
      return millis(number(date, 9, 13), month(date, 5), number(date, 2, 4), time(date, 14));
    }
    if (comma > 3 && hasShape(date, RFC_850)) {
      int month = month(date, 5);
      int day = number(date, 2, 4);
      int time = time(date, 12);
      return millis(century(number(date, 9, 11), month, day, time, nowMillis), month, day, time);
    }
    if (comma < 0 && hasShape(date, ASCTIME)) {
      int day = number(date, date.charAt(5) == ' ' ? 6 : 5, 7);
      return millis(number(date, 17, 21), month(date, 1), day, time(date, 8));
    }
    return NONE;
  }

  /** Returns the latest year with two digits in which a date is at most 50 years ahead. */
  private static int century(int digits, int month, int day, int time, long nowMillis) {
    LocalDateTime now =
        LocalDateTime.ofEpochSecond(Math.floorDiv(nowMillis, 1000L), 0, ZoneOffset.UTC);
    long limit =
        order(
            now.getYear() + 50,
            now.getMonthValue(),
            now.getDayOfMonth(),
            now.toLocalTime().toSecondOfDay());
    int year = now.getYear() / 100 * 100 + 100 + digits;
    while (order(year, month, day, time) > limit) {
      year -= 100;
    }
    return year;
  }

  /** A number that is larger for a later date. The date need not exist in that year. */
  private static long order(int year, int month, int day, int time) {
    return ((year * 13L + month) * 100 + day) * 100_000 + time;
  }

  private static long millis(int year, int month, int day, int time) {
    if (month < 1 || time < 0 || day < 1 || day > Month.of(month).length(Year.isLeap(year))) {
      return NONE;
    }
    return (LocalDate.of(year, month, day).toEpochDay() * SECONDS_OF_DAY + time) * 1000;
  }

  /** Whether it is the name of a day, or the first three letters of one. */
  private static boolean isDay(String name) {
    for (String day : DAYS) {
      if (name.equalsIgnoreCase(day)
          || (name.length() == 3 && day.regionMatches(true, 0, name, 0, 3))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasShape(String date, String shape) {
    boolean same = date.length() == shape.length();
    for (int at = 0; same && at < date.length(); at++) {
      char c = date.charAt(at);
      same =
          switch (shape.charAt(at)) {
            case '0' -> FieldSyntax.isDigit(c);
            case '?' -> true;
            default -> shape.regionMatches(true, at, date, at, 1);
          };
    }
    return same;
  }

  /** Returns -1 if there is another character than digits. */
  private static int number(String date, int start, int end) {
    return (int) FieldSyntax.digits(date.substring(start, end));
  }

  /** Returns 1 to 12, or -1 if there is no name of a month. */
  private static int month(String date, int at) {
    for (int i = 0; i < MONTHS.length; i++) {
      if (date.regionMatches(true, at, MONTHS[i], 0, 3)) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Reads {@code 08:49:37}, where the second 60 is a leap second. Returns -1 if it is no time. */
  private static int time(String date, int at) {
    int hour = number(date, at, at + 2);
    int minute = number(date, at + 3, at + 5);
    int second = number(date, at + 6, at + 8);
    return hour < 24 && minute < 60 && second <= 60 ? hour * 3600 + minute * 60 + second : -1;
  }

  /**
   * Writes a date as an IMF-fixdate. A year that does not have four digits becomes the nearest one
   * that does.
   */
  static String format(long epochMillis) {
    long second = Math.min(Math.max(Math.floorDiv(epochMillis, 1000L), FIRST), LAST);
    Formatted formatted = last;
    if (formatted.second() != second) {
      formatted = new Formatted(second, text(second));
      last = formatted;
    }
    return formatted.text();
  }

  private static String text(long second) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
    int time = Math.floorMod(second, SECONDS_OF_DAY);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS[date.getDayOfWeek().getValue() - 1], 0, 3).append(", ");
    twoDigits(text, date.getDayOfMonth()).append(' ');
    text.append(MONTHS[date.getMonthValue() - 1]).append(' ');
    twoDigits(twoDigits(text, date.getYear() / 100), date.getYear() % 100).append(' ');
    twoDigits(text, time / 3600).append(':');
    twoDigits(text, time / 60 % 60).append(':');
    return twoDigits(text, time % 60).append(" GMT").toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
