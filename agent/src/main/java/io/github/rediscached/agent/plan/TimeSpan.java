package io.github.rediscached.agent.plan;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Reads durations: a number and a unit, such as {@code 10m}, or ISO-8601. */
public final class TimeSpan {

  private TimeSpan() {}

  /**
   * Reads a duration.
   *
   * @param text {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d} or ISO-8601 such as
   *     {@code PT1H}
   * @throws IllegalArgumentException if it is no such text or negative; the message completes a
   *     sentence that begins with the setting's name and ends with the remedy
   */
  public static Duration parse(String text) {
    Duration duration;
    try {
      duration = text.startsWith("P") ? Duration.parse(text) : parseNumberAndUnit(text);
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", not a duration. Write a number and a unit, such as 10m.", e);
    }
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", a negative duration. Write a positive one, such as 10m.");
    }
    return duration;
  }

  /**
   * Reads the life of an entry: from a millisecond, Redis's smallest unit, to a hundred years,
   * which Redis can still add to its clock.
   *
   * @throws IllegalArgumentException as {@link #parse} does, also if out of range
   */
  public static Duration parseTtl(String text) {
    return parseBetween(text, "1ms", "36500d");
  }

  /**
   * Reads a duration with limits, both included.
   *
   * @param text as {@link #parse} reads it
   * @param shortest in the same form
   * @param longest in the same form
   * @throws IllegalArgumentException as {@link #parse} does, also if out of range
   */
  public static Duration parseBetween(String text, String shortest, String longest) {
    Duration duration = parse(text);
    if (duration.compareTo(parse(shortest)) < 0) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", too short. Write at least " + shortest + ".");
    }
    if (duration.compareTo(parse(longest)) > 0) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", too long. Write at most " + longest + ".");
    }
    return duration;
  }

  private static Duration parseNumberAndUnit(String text) {
    int unitAt = text.startsWith("-") ? 1 : 0;
    while (unitAt < text.length() && Character.isDigit(text.charAt(unitAt))) {
      unitAt++;
    }
    long number = Long.parseLong(text.substring(0, unitAt));
    return switch (text.substring(unitAt).strip()) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> throw new NumberFormatException(text);
    };
  }
}
