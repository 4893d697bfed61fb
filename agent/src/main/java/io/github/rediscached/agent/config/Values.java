package io.github.rediscached.agent.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of settings, or of the options of one rule. The first value of a setting
 * wins, since places are read from the strongest to the weakest. Each value is checked, even if it
 * is hidden by a stronger one.
 */
final class Values {

  private final Map<Setting<?>, Object> values = new HashMap<>();
  private final Map<Setting<?>, Place> places = new HashMap<>();
  private final Problems problems;

  Values(Problems problems) {
    this.problems = problems;
  }

  /**
   * Takes a single value.
   *
   * @param spelledName the setting's name as it is written in that place
   * @return false if it is a mistake, which becomes a problem
   */
  boolean give(Setting<?> setting, String text, Place place, String spelledName) {
    Object value = read(setting, text, place, spelledName);
    places.putIfAbsent(setting, place);
    if (value != null) {
      values.putIfAbsent(setting, value);
    }
    return value != null;
  }

  /** Takes a list whose elements were read by {@link #read}. */
  void giveList(Setting<?> setting, List<Object> elements) {
    values.putIfAbsent(setting, List.copyOf(elements));
  }

  /** Reads a value, or an element of a list; null if it is a mistake, which becomes a problem. */
  @Nullable Object read(Setting<?> setting, String text, Place place, String spelledName) {
    String stripped = text.strip();
    try {
      return setting.reader().read(stripped);
    } catch (IllegalArgumentException e) {
      String message = "`" + spelledName + "` " + e.getMessage();
      problems.add(place, RedactedUri.within(message, stripped));
      return null;
    }
  }

  boolean has(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /** Whether there is a single value, be it a mistake. */
  boolean wasGiven(Setting<?> setting) {
    return places.containsKey(setting);
  }

  /** Where a single value was given. */
  Place placeOf(Setting<?> setting) {
    return Objects.requireNonNull(places.get(setting), setting.name());
  }

  /** The value, else the default; null if there is none either. */
  @SuppressWarnings("unchecked") // The setting's reader made it.
  <T> @Nullable T find(Setting<T> setting) {
    Object value = values.get(setting);
    return value == null ? setting.standard() : (T) value;
  }

  /** The value, else the default, which the setting must have. */
  <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.name());
  }
}
