package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directives of a {@code Cache-Control} field (RFC 9111, 5.2) or of a targeted one (RFC 9213).
 * The rules for storing and for reusing a response ask it.
 *
 * <p>Where a field is wrong, the reading is the one under which less is reused.
 */
final class CacheControl {

  /** No directives. */
  static final CacheControl NONE = new CacheControl(Map.of());

  private static final Set<String> DELTA_SECONDS =
      Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

  private final Map<String, Directive> directives;

  /**
   * All mentions of one directive.
   *
   * @param seconds its argument as delta-seconds, the smallest of several; 0 if one is none
   * @param fieldNames its argument as a list of fields, of all mentions; empty if one is none
   */
  private record Directive(long seconds, List<String> fieldNames) {

    static Directive of(@Nullable String argument) {
      long seconds = argument == null ? 0 : FieldSyntax.digits(argument);
      return new Directive(limited(seconds), fieldNamesOf(argument));
    }

    static Directive of(long seconds) {
      return new Directive(limited(seconds), List.of());
    }

    private static long limited(long seconds) {
      return Math.max(0, Math.min(seconds, Integer.MAX_VALUE));
    }

    private static List<String> fieldNamesOf(@Nullable String argument) {
      if (argument == null) {
        return List.of();
      }
      List<String> names = new ArrayList<>();
      for (String name : FieldSyntax.elements(argument, true)) {
        if (FieldSyntax.isToken(name)) {
          names.add(name.toLowerCase(Locale.ROOT));
        } else if (!name.isEmpty()) {
          // A list that can't be read stands for all fields, as no list does.
          return List.of();
        }
      }
      return List.copyOf(names);
    }

    Directive and(Directive other) {
      if (fieldNames.isEmpty() || other.fieldNames.isEmpty()) {
        return new Directive(Math.min(seconds, other.seconds), List.of());
      }
      List<String> names = new ArrayList<>(fieldNames);
      names.addAll(other.fieldNames);
      return new Directive(Math.min(seconds, other.seconds), List.copyOf(names));
    }
  }

  private CacheControl(Map<String, Directive> directives) {
    this.directives = directives;
  }

  /** Reads all lines of a {@code Cache-Control} field, and passes over what is no directive. */
  static CacheControl parse(List<String> fieldValues) {
    Map<String, Directive> directives = new HashMap<>();
    for (String line : fieldValues) {
      for (String element : FieldSyntax.elements(line, true)) {
        int end = FieldSyntax.tokenEnd(element);
        if (end > 0) {
          String name = element.substring(0, end).toLowerCase(Locale.ROOT);
          Directive directive = Directive.of(argument(element.substring(end)));
          Directive earlier = directives.get(name);
          directives.put(name, earlier == null ? directive : earlier.and(directive));
        }
      }
    }
    return directives.isEmpty() ? NONE : new CacheControl(directives);
  }

  /** Returns the argument in what follows a name, or null if there is none that is valid. */
  private static @Nullable String argument(String rest) {
    if (rest.isEmpty() || rest.charAt(0) != '=') {
      return null;
    }
    String argument = rest.substring(1);
    return FieldSyntax.isToken(argument) ? argument : FieldSyntax.unquote(argument);
  }

  /**
   * Reads all lines of a targeted field, such as {@code CDN-Cache-Control}. A directive whose value
   * is of a wrong type is left out (RFC 9213, 2.1).
   *
   * @return null if the field is to be ignored: it is malformed, or says nothing
   */
  static @Nullable CacheControl parseTargeted(List<String> fieldValues) {
    Map<String, Object> members = StructuredDictionary.parse(fieldValues);
    if (members == null) {
      return null;
    }
    Map<String, Directive> directives = new HashMap<>();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      Object value = member.getValue();
      if (value instanceof Long seconds) {
        directives.put(member.getKey(), Directive.of(seconds.longValue()));
      } else if (!DELTA_SECONDS.contains(member.getKey()) && !value.equals(false)) {
        directives.put(member.getKey(), Directive.of(value instanceof String text ? text : null));
      }
    }
    return directives.isEmpty() ? null : new CacheControl(directives);
  }

  boolean isEmpty() {
    return directives.isEmpty();
  }

  boolean has(String lowerCaseName) {
    return directives.containsKey(lowerCaseName);
  }

  /**
   * Returns the delta-seconds of a directive, at most {@link Integer#MAX_VALUE}.
   *
   * @return -1 if the directive is absent; 0 if its argument is missing or invalid, as a response
   *     with an unreadable lifetime is stale at once
   */
  long seconds(String lowerCaseName) {
    Directive directive = directives.get(lowerCaseName);
    return directive == null ? -1 : directive.seconds();
  }

  /**
   * Returns the fields that a {@code no-cache} or a {@code private} is limited to, in lower case.
   *
   * @return an empty list if it is absent or applies to the whole response: {@link #has} tells
   */
  List<String> fieldNames(String lowerCaseName) {
    Directive directive = directives.get(lowerCaseName);
    return directive == null ? List.of() : directive.fieldNames();
  }
}
