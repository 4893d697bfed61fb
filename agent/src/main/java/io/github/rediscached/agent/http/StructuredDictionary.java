package io.github.rediscached.agent.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Dictionary of RFC 8941, the syntax of fields such as {@code CDN-Cache-Control}. It is
 * strict, as that RFC demands: one wrong character, and the whole field says nothing. {@link
 * CacheControl} calls it.
 */
final class StructuredDictionary {

  /** Stands for a value that no cache directive has: a decimal, bytes, an inner list. */
  static final Object OTHER = new Object();

  private final String text;
  private int at;

  private StructuredDictionary(String text) {
    this.text = text;
  }

  /**
   * Reads all lines of a field as one Dictionary.
   *
   * @return its members by name: a Boolean, a Long, a String for a string or a token, or {@link
   *     #OTHER}; null if the field is no Dictionary
   */
  static @Nullable Map<String, Object> parse(List<String> fieldValues) {
    return new StructuredDictionary(String.join(", ", fieldValues)).dictionary();
  }

  private @Nullable Map<String, Object> dictionary() {
    Map<String, Object> members = new HashMap<>();
    skip(" ");
    boolean more = at < text.length();
    while (more) {
      String key = key();
      Object value = key == null ? null : take('=') ? itemOrInnerList() : true;
      if (key == null || value == null || !parameters()) {
        return null;
      }
      members.put(key, value);
      skip(" \t");
      more = at < text.length();
      if (more && !take(',')) {
        return null;
      }
      // After a comma there has to be a member: without one key() fails.
      skip(" \t");
    }
    return members;
  }

  private @Nullable String key() {
    int start = at;
    if (!isLowerCase(peek()) && peek() != '*') {
      return null;
    }
    while (isLowerCase(peek()) || FieldSyntax.isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Parameters are read, as a mistake in them counts, but not kept: no directive has any. */
  private boolean parameters() {
    while (take(';')) {
      skip(" ");
      if (key() == null || (take('=') && item() == null)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Object itemOrInnerList() {
    if (!take('(')) {
      return item();
    }
    skip(" ");
    while (!take(')')) {
      if (item() == null || !parameters() || (peek() != ' ' && peek() != ')')) {
        return null;
      }
      skip(" ");
    }
    return OTHER;
  }

  private @Nullable Object item() {
    char c = peek();
    if (c == '-' || FieldSyntax.isDigit(c)) {
      return number();
    }
    if (c == '*' || FieldSyntax.isLetter(c)) {
      return token();
    }
    at++;
    return switch (c) {
      case '"' -> string();
      case '?' -> take('1') ? Boolean.TRUE : take('0') ? Boolean.FALSE : null;
      case ':' -> bytes();
      default -> null;
    };
  }

  private @Nullable Object number() {
    int start = at;
    int sign = take('-') ? 1 : 0;
    int whole = takeDigits();
    if (take('.')) {
      int fraction = takeDigits();
      return whole >= 1 && whole <= 12 && fraction >= 1 && fraction <= 3 ? OTHER : null;
    }
    if (whole < 1 || whole > 15) {
      return null;
    }
    long number = FieldSyntax.digits(text.substring(start + sign, at));
    return sign == 0 ? number : -number;
  }

  private int takeDigits() {
    int start = at;
    while (FieldSyntax.isDigit(peek())) {
      at++;
    }
    return at - start;
  }

  private String token() {
    int start = at;
    while (FieldSyntax.isTokenCharacter(peek()) || peek() == ':' || peek() == '/') {
      at++;
    }
    return text.substring(start, at);
  }

  private @Nullable String string() {
    StringBuilder content = new StringBuilder();
    while (!take('"')) {
      if (take('\\') && peek() != '"' && peek() != '\\') {
        return null;
      }
      char c = peek();
      if (c < ' ' || c > '~') {
        return null;
      }
      content.append(c);
      at++;
    }
    return content.toString();
  }

  private @Nullable Object bytes() {
    while (!take(':')) {
      char c = peek();
      if (!FieldSyntax.isLetter(c) && !FieldSyntax.isDigit(c) && c != '+' && c != '/' && c != '=') {
        return null;
      }
      at++;
    }
    return OTHER;
  }

  /** The next character: NUL at the end, which no production accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void skip(String blanks) {
    while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isLowerCase(char c) {
    return c >= 'a' && c <= 'z';
  }
}
