package io.github.rediscached.agent.cli;

import java.util.Locale;
import java.util.Map;

/** A column of the table of caches, and the attribute of the bean that it shows. */
enum CacheFigure {
  REQUESTS("Requests", "REQUESTS", 0),
  HIT_RATE("HitRate", "HIT %", 1),
  NEAR_HITS("NearHits", "NEAR", 0),
  REDIS_HITS("RedisHits", "REDIS", 0),
  COALESCED_HITS("CoalescedHits", "WAITED", 0),
  MISSES("Misses", "MISS", 0),
  LOAD("AverageLoadMillis", "LOAD ms", 2),
  HIT("AverageHitMicros", "HIT us", 0),
  SAVED("TimeSavedMillis", "SAVED s", 1),
  BYPASSES("Bypasses", "BYPASS", 0),
  ERRORS("Errors", "ERRORS", 0);

  private final String attribute;
  private final String title;
  private final int decimals;

  CacheFigure(String attribute, String title, int decimals) {
    this.attribute = attribute;
    this.title = title;
    this.decimals = decimals;
  }

  String attribute() {
    return attribute;
  }

  Column column() {
    return Column.number(title);
  }

  static String[] names() {
    CacheFigure[] all = values();
    String[] names = new String[all.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = all[i].attribute;
    }
    return names;
  }

  /** As the table shows it; a dash where there is nothing to tell. */
  String cell(Map<String, Number> numbers) {
    Number number = numbers.get(attribute);
    if (number == null || (this == HIT_RATE && of(numbers, REQUESTS) == 0)) {
      return "-";
    }
    double shown =
        switch (this) {
          case HIT_RATE -> 100 * number.doubleValue();
          case SAVED -> number.doubleValue() / 1_000;
          default -> number.doubleValue();
        };
    return String.format(Locale.ROOT, "%." + decimals + "f", shown);
  }

  static double of(Map<String, Number> numbers, CacheFigure figure) {
    Number number = numbers.get(figure.attribute);
    return number == null ? 0 : number.doubleValue();
  }
}
