package io.github.rediscached.agent.config;

import java.util.Locale;

/** Reads sizes in bytes, with or without a unit. */
final class SizeReader implements ValueReader<Long> {

  private final long maxBytes;
  private final String remedy;

  /**
   * @param maxMegabytes the largest size that is accepted
   * @param remedy the advice for a larger one
   */
  SizeReader(long maxMegabytes, String remedy) {
    this.maxBytes = maxMegabytes << 20;
    this.remedy = remedy;
  }

  @Override
  public Long read(String text) {
    int unitAt = 0;
    while (unitAt < text.length() && ValueReader.isDigit(text.charAt(unitAt))) {
      unitAt++;
    }
    long unitBytes = unitBytes(text.substring(unitAt).strip());
    if (unitAt == 0 || unitBytes == 0) {
      throw new IllegalArgumentException(
          "is \"%s\", not a size. Write bytes, such as 2048, or a number with KB, MB or GB, such as 1MB."
              .formatted(text));
    }
    long number = unitAt > 18 ? Long.MAX_VALUE : Long.parseLong(text.substring(0, unitAt));
    if (number == 0) {
      throw new IllegalArgumentException(
          "is \"" + text + "\", too small. Write a positive size, such as 1MB.");
    }
    if (number > maxBytes / unitBytes) {
      throw new IllegalArgumentException("is \"" + text + "\", too large. " + remedy);
    }
    return number * unitBytes;
  }

  private long unitBytes(String unit) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "", "B" -> 1;
      case "KB" -> 1 << 10;
      case "MB" -> 1 << 20;
      case "GB" -> 1 << 30;
      default -> 0;
    };
  }
}
