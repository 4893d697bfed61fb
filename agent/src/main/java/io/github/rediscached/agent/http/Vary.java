package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Vary} of a response, and the values of the request's fields that it names (RFC 9111,
 * 4.1). The code that makes the keys of variants calls it.
 */
final class Vary {

  private Vary() {}

  /**
   * Returns the names of all lines in lower case, sorted, each once. The order of a {@code Vary}
   * means nothing, so it must not lead to another key.
   */
  static List<String> names(List<String> fieldValues) {
    TreeSet<String> names = new TreeSet<>();
    for (String line : fieldValues) {
      for (String name : FieldSyntax.elements(line, true)) {
        if (!name.isEmpty()) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    return List.copyOf(names);
  }

  /**
   * Whether the response varies by something that is in no field: an asterisk. A member that is no
   * name of a field counts as one. What it depends on is not known, and a guess could hand one
   * user's page to another.
   */
  static boolean isAny(List<String> fieldValues) {
    for (String name : names(fieldValues)) {
      if (name.equals("*") || !FieldSyntax.isToken(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns one text for all lines of a field that a request has. Several lines count as one with
   * commas, and blanks round commas do not count; blanks in quoted strings do.
   *
   * @return null if the request has no such field, which is another variant than an empty one
   */
  static @Nullable String canonical(@Nullable List<String> requestValues) {
    if (requestValues == null || requestValues.isEmpty()) {
      return null;
    }
    List<String> lines = new ArrayList<>(requestValues.size());
    for (String line : requestValues) {
      lines.add(FieldSyntax.trim(line));
    }
    String joined = String.join(", ", lines);
    return joined.indexOf(',') < 0 ? joined : String.join(", ", FieldSyntax.elements(joined, true));
  }
}
