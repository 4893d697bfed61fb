package io.github.rediscached.agent.config;

/** Reads sizes in bytes, with or without a unit. */
final class SizeReader implements ValueReader<Long> {

  private final long maxBytes;
  private final String remedy;

  /**
   * @param maxMegabytes more is refused
   * @param remedy what to write instead of more
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
          "is \""
              + text
              + "\", not a size. Write bytes, such as 2048, or a number with KB, MB or GB,"
              + " such as 1MB.");
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
    if (unit.isEmpty() || unit.equalsIgnoreCase("B")) {
      return 1;
    }
    if (unit.equalsIgnoreCase("KB")) {
      return 1 << 10;
    }
    if (unit.equalsIgnoreCase("MB")) {
      return 1 << 20;
    }
    return unit.equalsIgnoreCase("GB") ? 1 << 30 : 0;
  }
}
