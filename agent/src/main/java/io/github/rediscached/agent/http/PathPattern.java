package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code path} of a rule, such as {@code /products/{id}.json} or {@code /static/**}. The rules
 * ask it for each request.
 *
 * <p>It needs no backtracking: the texts between two wildcards of a segment are found from left to
 * right, each as early as possible, which leaves the most for the ones behind it.
 */
final class PathPattern {

  private static final String REST = "/**";
  private static final String EXAMPLE = "Write it such as \"/products/{id}\" or \"/products/**\".";

  private final String text;
  private final List<Segment> segments;
  private final boolean rest;
  private final int literalLength;

  /**
   * A part between two slashes. Its texts and its wildcards take turns, and a text comes first and
   * last, be it empty.
   *
   * @param variables the name of each wildcard, empty for an asterisk
   */
  private record Segment(List<String> texts, List<String> variables) {

    /** Puts its variables into the map, and returns whether it matches. */
    boolean match(String part, Map<String, String> values) {
      String prefix = texts.get(0);
      String suffix = texts.get(variables.size());
      if (variables.isEmpty()) {
        return part.equals(prefix);
      }
      if (!part.startsWith(prefix) || !part.endsWith(suffix)) {
        return false;
      }
      int start = prefix.length();
      int end = part.length() - suffix.length();
      for (int i = 0; i < variables.size(); i++) {
        String variable = variables.get(i);
        int least = start + (variable.isEmpty() ? 0 : 1);
        int next = i + 1 == variables.size() ? end : part.indexOf(texts.get(i + 1), least);
        if (next < least) {
          return false;
        }
        if (!variable.isEmpty()) {
          values.put(variable, part.substring(start, next));
        }
        start = next + texts.get(i + 1).length();
      }
      return true;
    }
  }

  private PathPattern(String text, List<Segment> segments, boolean rest) {
    this.text = text;
    this.segments = List.copyOf(segments);
    this.rest = rest;
    int length = segments.size();
    for (Segment segment : segments) {
      for (String literal : segment.texts()) {
        length += literal.length();
      }
    }
    literalLength = length;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is not valid; the message completes a sentence that
   *     begins with the setting's name and ends with the remedy
   */
  static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw mistake(text, "does not begin with \"/\"", EXAMPLE);
    }
    if (text.indexOf('?') >= 0) {
      throw mistake(text, "has a \"?\"", "Remove the query: a path ends before it.");
    }
    boolean rest = text.endsWith(REST);
    String path = rest ? text.substring(0, text.length() - REST.length()) : text;
    List<Segment> segments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int start = 1;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(start, end);
      // A container hands out paths without these, so the pattern would never match.
      if (segment.equals(".")
          || segment.equals("..")
          || (segment.isEmpty() && (slash >= 0 || rest))) {
        throw mistake(text, "has a segment that is empty, \".\" or \"..\"", "Remove that segment.");
      }
      segments.add(segment(text, segment, names));
      start = end + 1;
    }
    return new PathPattern(text, segments, rest);
  }

  private static Segment segment(String text, String segment, Set<String> names) {
    List<String> texts = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < segment.length(); at++) {
      char c = segment.charAt(at);
      if (c == '*' || c == '{') {
        if (segment.startsWith("**", at)) {
          throw mistake(
              text,
              "has \"**\" before its end or within a segment",
              "Write \"/**\" at the end, or \"*\" for a part of one segment.");
        }
        if (at == start && !variables.isEmpty()) {
          throw mistake(
              text,
              "has two wildcards side by side",
              "Put a character between them, such as in \"/{year}-{month}\".");
        }
        texts.add(segment.substring(start, at));
        if (c == '{') {
          String name = name(text, segment, at, names);
          variables.add(name);
          at += name.length() + 1;
        } else {
          variables.add("");
        }
        start = at + 1;
      } else if (c == '}') {
        throw mistake(text, "has a \"}\" without a \"{\"", "Write a variable such as {id}.");
      } else if (c == '%' && isEscape(segment, at)) {
        throw mistake(
            text,
            "has the escape \"" + segment.substring(at, at + 3) + "\"",
            "Write the character itself: paths are compared after they are decoded.");
      }
    }
    texts.add(segment.substring(start));
    return new Segment(List.copyOf(texts), List.copyOf(variables));
  }

  /** Reads the name after a brace. */
  private static String name(String text, String segment, int brace, Set<String> names) {
    int end = segment.indexOf('}', brace);
    if (end < 0) {
      throw mistake(text, "has a \"{\" without a \"}\"", "Write a variable such as {id}.");
    }
    String name = segment.substring(brace + 1, end);
    boolean valid = !name.isEmpty() && !FieldSyntax.isDigit(name.charAt(0));
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      valid &= FieldSyntax.isLetter(c) || FieldSyntax.isDigit(c) || c == '_';
    }
    if (!valid) {
      throw mistake(
          text,
          "has the variable {" + name + "}",
          "Give it a name of letters, digits and \"_\" that does not begin with a digit, and"
              + " nothing else.");
    }
    if (!names.add(name)) {
      throw mistake(text, "has the variable {" + name + "} twice", "Give each a name of its own.");
    }
    return name;
  }

  private static boolean isEscape(String segment, int at) {
    return at + 2 < segment.length()
        && Character.digit(segment.charAt(at + 1), 16) >= 0
        && Character.digit(segment.charAt(at + 2), 16) >= 0;
  }

  private static IllegalArgumentException mistake(String text, String what, String remedy) {
    return new IllegalArgumentException("is \"" + text + "\", which " + what + ". " + remedy);
  }

  /**
   * Matches a path that is decoded and normalised. A path with a slash at its end is another one
   * than that without.
   *
   * @return the variables in their order, not modifiable; null if the path does not match
   */
  @Nullable Map<String, String> match(String path) {
    if (isExact()) {
      return path.equals(text) ? Map.of() : null;
    }
    Map<String, String> values = new LinkedHashMap<>();
    int at = 0;
    for (Segment segment : segments) {
      if (at >= path.length() || path.charAt(at) != '/') {
        return null;
      }
      int slash = path.indexOf('/', at + 1);
      int end = slash < 0 ? path.length() : slash;
      if (!segment.match(path.substring(at + 1, end), values)) {
        return null;
      }
      at = end;
    }
    boolean matches = at == path.length() || (rest && path.charAt(at) == '/');
    return matches ? Collections.unmodifiableMap(values) : null;
  }

  /** Whether it has no wildcard, so that it matches one path. */
  boolean isExact() {
    return literalLength == text.length();
  }

  /** The number of characters that a path must have as they are: the more, the more special. */
  int literalLength() {
    return literalLength;
  }

  @Override
  public String toString() {
    return text;
  }
}
