package io.github.rediscached.agent.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a handler has looked at of its request: header fields, and values that make no difference
 * unless they stand in the answer, such as the client's address, which frameworks read for their
 * logs. One thread at a time.
 */
final class HandlerReads {

  /** Shorter ones stand in most pages by chance. */
  private static final int MIN_VALUE = 4;

  private final Set<String> fields = new TreeSet<>();
  private final List<String> values = new ArrayList<>();
  private @Nullable String personal;

  /** Something that makes the answer one for this client, by a word for it. */
  void personal(String what) {
    if (personal == null) {
      personal = what;
    }
  }

  /** Null if there is nothing of the kind. */
  @Nullable String personal() {
    return personal;
  }

  void field(String name) {
    fields.add(name.toLowerCase(Locale.ROOT));
  }

  /** The names of all header fields. */
  void allFields() {
    fields.add(Selection.ALL);
  }

  void value(@Nullable String value) {
    if (value != null && value.length() >= MIN_VALUE && !values.contains(value)) {
      values.add(value);
    }
  }

  /** The names of header fields, in lower case, or {@link Selection#ALL}. */
  Set<String> fields() {
    return fields;
  }

  /** Whether one of the values stands in an answer. */
  boolean isReflected(Fields head, byte[] body) {
    if (values.isEmpty()) {
      return false;
    }
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String lines = String.join("\n", head.lines());
    for (String value : values) {
      if (text.contains(value) || lines.contains(value)) {
        return true;
      }
    }
    return false;
  }
}
