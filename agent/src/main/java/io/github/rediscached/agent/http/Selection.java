package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values in a request that select one of several stored responses: those of header fields by
 * their names, and by {@link #ALL} those of all fields together that may make a difference.
 */
final class Selection {

  /** Stands for all header fields: a handler has asked for their names. */
  static final String ALL = "*";

  private final RequestView request;
  private final Route route;

  Selection(RequestView request, Route route) {
    this.request = request;
    this.route = route;
  }

  /** Null if there is none. */
  @Nullable String value(String name) {
    return name.equals(ALL) ? all() : field(name);
  }

  /** What may be a secret is a digest. */
  private @Nullable String field(String name) {
    List<String> lines = request.fields(name);
    String value = lines.isEmpty() ? null : Vary.canonical(lines);
    return value != null && KnownFields.isSecret(name) ? Digest.of(value) : value;
  }

  private String all() {
    TreeSet<String> names = new TreeSet<>();
    for (String name : request.fieldNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (route.matters(lower)) {
        names.add(lower);
      }
    }
    StringBuilder all = new StringBuilder();
    for (String name : names) {
      all.append(name).append('=').append(field(name)).append('\n');
    }
    return all.toString();
  }

  /** As a {@link StoredResponse} has it. */
  @Nullable String[] of(List<String> names) {
    List<String> sorted = new ArrayList<>(names);
    Collections.sort(sorted);
    @Nullable String[] selecting = new @Nullable String[2 * sorted.size()];
    for (int i = 0; i < sorted.size(); i++) {
      selecting[2 * i] = sorted.get(i);
      selecting[2 * i + 1] = value(sorted.get(i));
    }
    return selecting;
  }
}
