package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fields of HTTP have in common (RFC 9110, 5.6): tokens, quoted strings and lists. The
 * parsers of single fields call it.
 */
final class FieldSyntax {

  private FieldSyntax() {}

  /**
   * Splits a line at its commas, but not at those in quoted strings.
   *
   * <p>A quote that is never closed counts as any other character. The directives that follow one
   * are obeyed then, which is the safe way for a {@code no-store}.
   *
   * @param escapes whether a backslash escapes in a quoted string; it does not in an entity tag
   * @return the elements without blanks round them, the empty ones included
   */
  static List<String> elements(String line, boolean escapes) {
    List<String> elements = new ArrayList<>(4);
    boolean closed = true;
    int start = 0;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == ',') {
        elements.add(trim(line.substring(start, at)));
        start = at + 1;
      } else if (c == '"' && closed) {
        int end = closingQuote(line, at, escapes);
        closed = end >= 0;
        at = Math.max(at, end);
      }
    }
    elements.add(trim(line.substring(start)));
    return elements;
  }

  private static int closingQuote(String text, int open, boolean escapes) {
    for (int at = open + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at;
      }
      if (c == '\\' && escapes) {
        at++;
      }
    }
    return -1;
  }

  /**
   * Returns what a quoted string says.
   *
   * @return null if the text is anything else than one quoted string
   */
  static @Nullable String unquote(String text) {
    if (text.isEmpty()
        || text.charAt(0) != '"'
        || closingQuote(text, 0, true) != text.length() - 1) {
      return null;
    }
    StringBuilder content = new StringBuilder(text.length());
    for (int at = 1; at < text.length() - 1; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      content.append(text.charAt(at));
    }
    return content.toString();
  }

  static boolean isToken(String text) {
    return !text.isEmpty() && tokenEnd(text) == text.length();
  }

  /** Returns where the token at the start of a text ends: 0 if there is none. */
  static int tokenEnd(String text) {
    int end = 0;
    while (end < text.length() && isTokenCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  static boolean isTokenCharacter(char c) {
    return isLetter(c) || isDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * Reads decimal digits. A number that is too large for a long becomes the largest long.
   *
   * @return -1 if there are no digits, or other characters
   */
  static long digits(String text) {
    long number = text.isEmpty() ? -1 : 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (!isDigit(c)) {
        return -1;
      }
      int digit = c - '0';
      number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
    }
    return number;
  }

  /** Removes spaces and tabs at both ends, and nothing else that Java takes for a blank. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
