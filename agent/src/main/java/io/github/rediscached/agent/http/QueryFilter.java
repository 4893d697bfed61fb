package io.github.rediscached.agent.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a query that a rule names. Requests that differ in other parameters share a response,
 * and the handler does not see those, so they can't get into it. Immutable and thread-safe.
 */
public final class QueryFilter {

  private final List<String> order;
  private final Set<String> names;

  QueryFilter(List<String> names) {
    this.order = List.copyOf(names);
    this.names = Set.copyOf(names);
  }

  /** The named parameters in the order of the rule, as they were sent; null if there are none. */
  public @Nullable String of(String query) {
    StringBuilder kept = new StringBuilder();
    for (String name : order) {
      for (String parameter : query.split("&", -1)) {
        if (name.equals(decoded(nameOf(parameter)))) {
          kept.append(kept.isEmpty() ? "" : "&").append(parameter);
        }
      }
    }
    return kept.isEmpty() ? null : kept.toString();
  }

  /** Whether a handler sees a parameter. */
  public boolean shows(String name) {
    return names.contains(name);
  }

  /** Names and values in their order. */
  static List<String[]> parameters(String query) {
    List<String[]> parameters = new ArrayList<>();
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.add(new String[] {decoded(nameOf(parameter)), decoded(value)});
      }
    }
    return parameters;
  }

  private static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    return equals < 0 ? parameter : parameter.substring(0, equals);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
