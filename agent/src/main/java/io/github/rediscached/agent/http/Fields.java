package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that a handler has set, in their order, each with whether it took the place of
 * earlier ones or was added to them: what filters have set is not among them. Wrappers of responses
 * keep one for each answer. Not thread-safe.
 */
public final class Fields {

  private record Field(String name, String value, boolean replaces) {}

  private final List<Field> fields = new ArrayList<>();

  /** In place of all lines of this name; without a value, the field is gone. */
  public void set(String name, @Nullable String value) {
    remove(name);
    if (value != null) {
      fields.add(new Field(name, value, true));
    }
  }

  /** One more line. */
  public void add(String name, String value) {
    fields.add(new Field(name, value, false));
  }

  void remove(String name) {
    fields.removeIf(field -> field.name.equalsIgnoreCase(name));
  }

  public void clear() {
    fields.clear();
  }

  public boolean has(String name) {
    return first(name) != null;
  }

  public @Nullable String first(String name) {
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return field.value;
      }
    }
    return null;
  }

  public List<String> all(String name) {
    List<String> all = new ArrayList<>();
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        all.add(field.value);
      }
    }
    return all;
  }

  /** Whether the first line of this name takes the place of what filters have set. */
  boolean replaces(String name) {
    for (Field field : fields) {
      if (field.name.equalsIgnoreCase(name)) {
        return field.replaces;
      }
    }
    return false;
  }

  static List<String> joined(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /** The different names, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Field field : fields) {
      boolean isNew = true;
      for (String name : names) {
        isNew &= !name.equalsIgnoreCase(field.name);
      }
      if (isNew) {
        names.add(field.name);
      }
    }
    return names;
  }

  /** As name and value by turns, for {@link #of}. */
  String[] lines() {
    String[] lines = new String[2 * fields.size()];
    int at = 0;
    for (Field field : fields) {
      lines[at++] = field.name;
      lines[at++] = field.value;
    }
    return lines;
  }

  boolean[] replacing() {
    boolean[] replacing = new boolean[fields.size()];
    for (int i = 0; i < replacing.length; i++) {
      replacing[i] = fields.get(i).replaces;
    }
    return replacing;
  }

  static Fields of(String[] lines, boolean[] replacing) {
    Fields fields = new Fields();
    for (int i = 0; i < replacing.length; i++) {
      fields.fields.add(new Field(lines[2 * i], lines[2 * i + 1], replacing[i]));
    }
    return fields;
  }
}
