package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All known settings, or all options of a rule: finds them by name, and remarks on unknown names.
 */
final class Catalog {

  private final String kind;
  private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
  private final Set<String> sections = new LinkedHashSet<>();

  /**
   * @param kind the word for an element in messages
   */
  Catalog(String kind) {
    this.kind = kind;
  }

  <T> Setting<T> add(String name, ValueReader<T> reader, @Nullable T standard) {
    return add(new Setting<>(name, reader, false, standard));
  }

  <E> Setting<List<E>> addList(String name, ValueReader<E> elementReader) {
    return addList(name, elementReader, List.of());
  }

  /**
   * Adds a list.
   *
   * @param standard the default; null if an empty list means something else than none
   */
  <E> Setting<List<E>> addList(
      String name, ValueReader<E> elementReader, @Nullable List<E> standard) {
    return add(new Setting<>(name, elementReader, true, standard));
  }

  private <T> Setting<T> add(Setting<T> setting) {
    settings.put(setting.name(), setting);
    for (int dot = setting.name().indexOf('.');
        dot > 0;
        dot = setting.name().indexOf('.', dot + 1)) {
      sections.add(setting.name().substring(0, dot));
    }
    return setting;
  }

  @Nullable Setting<?> find(String name) {
    return settings.get(name);
  }

  /** The setting of this name in another spelling. */
  @Nullable Setting<?> find(String spelledName, Spelling spelling) {
    for (Setting<?> setting : settings.values()) {
      if (spelling.of(setting.name()).equals(spelledName)) {
        return setting;
      }
    }
    return null;
  }

  /** The names below which settings stand, such as {@code redis}. */
  Set<String> sections() {
    return sections;
  }

  /**
   * The message for an unknown name.
   *
   * @param otherNames names of other kinds that are known in this place
   */
  String remark(String spelledName, Spelling spelling, List<String> otherNames) {
    String shown = "`" + RedactedUri.within(spelledName, spelledName) + "` ";
    if (sections.contains(spelledName)) {
      return shown + "is a group of settings. Write one of " + namesIn(spelledName) + ".";
    }
    List<String> candidates = new ArrayList<>();
    for (String name : settings.keySet()) {
      candidates.add(spelling.withoutPrefix(spelling.of(name)));
    }
    candidates.addAll(otherNames);
    if (spelling == Spelling.PLAIN) {
      candidates.addAll(sections);
    }
    String nearest = Suggestion.nearest(spelling.withoutPrefix(spelledName), candidates);
    if (nearest != null) {
      return shown + "is no " + kind + ". Did you mean `" + spelling.withPrefix(nearest) + "`?";
    }
    StringBuilder known = new StringBuilder();
    for (String name : settings.keySet()) {
      known.append(known.isEmpty() ? "" : ", ").append(spelling.of(name));
    }
    for (String name : otherNames) {
      known.append(", ").append(name);
    }
    return shown + "is no " + kind + ". Known are " + known + ".";
  }

  private String namesIn(String section) {
    StringBuilder names = new StringBuilder();
    for (String name : settings.keySet()) {
      if (name.startsWith(section.concat("."))) {
        names.append(names.isEmpty() ? "" : ", ").append(name);
      }
    }
    return names.toString();
  }
}
