package io.github.rediscached.agent.http;

import java.util.List;

/** Reads the field {@code Age} of a response that has been in other caches (RFC 9111, 5.1). */
final class Age {

  private static final int DIGITS = 10;

  private Age() {}

  /** In milliseconds; 0 if there is none or it can't be read. */
  static long millis(List<String> lines) {
    if (lines.isEmpty()) {
      return 0;
    }
    // Of several values the first counts.
    String first = lines.get(0);
    int comma = first.indexOf(',');
    String text = (comma < 0 ? first : first.substring(0, comma)).strip();
    if (text.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return 0;
      }
    }
    long seconds =
        text.length() > DIGITS
            ? Integer.MAX_VALUE
            : Math.min(Integer.MAX_VALUE, Long.parseLong(text));
    return seconds * 1_000;
  }
}
