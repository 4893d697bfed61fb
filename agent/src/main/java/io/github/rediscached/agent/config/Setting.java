package io.github.rediscached.agent.config;

import org.jspecify.annotations.Nullable;

/**
 * One setting, or one option of a rule. Not a record: the generated {@code hashCode} of a record
 * costs tens of ms when it is first called, and {@link Values} has settings as keys.
 *
 * @param <T> the type of its value; for a list, of the list
 */
final class Setting<T> {

  private final String name;
  private final ValueReader<?> reader;
  private final boolean isList;
  private final @Nullable T standard;

  /**
   * @param name as in the file, such as {@code redis.connect-timeout}
   * @param reader reads the value; for a list, each element
   * @param standard the default; null if there is none
   */
  Setting(String name, ValueReader<?> reader, boolean isList, @Nullable T standard) {
    this.name = name;
    this.reader = reader;
    this.isList = isList;
    this.standard = standard;
  }

  String name() {
    return name;
  }

  ValueReader<?> reader() {
    return reader;
  }

  boolean isList() {
    return isList;
  }

  @Nullable T standard() {
    return standard;
  }
}
