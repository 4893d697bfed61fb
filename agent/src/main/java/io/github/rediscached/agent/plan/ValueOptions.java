package io.github.rediscached.agent.plan;

import java.util.List;

/**
 * The settings on classes in values, for cases that the agent can't decide by itself.
 *
 * @param data classes that are data though they look like a part of the application
 * @param refused classes that are a part of the application though they look like data
 * @param allowed classes that an entry may hold though no declared type leads to them
 */
public record ValueOptions(
    List<TypePattern> data, List<TypePattern> refused, List<TypePattern> allowed) {

  /** No setting. */
  public static final ValueOptions NONE = new ValueOptions(List.of(), List.of(), List.of());

  /** Whether the settings declare a class to be data. */
  public boolean isData(Class<?> type) {
    return matches(data, type);
  }

  /** Whether the settings declare a class to be a part of the application. */
  public boolean isRefused(Class<?> type) {
    return matches(refused, type);
  }

  /** Whether entries may name this class. */
  public boolean isAllowed(String className) {
    for (TypePattern pattern : allowed) {
      if (pattern.matches(className)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(List<TypePattern> patterns, Class<?> type) {
    for (TypePattern pattern : patterns) {
      if (pattern.matches(type)) {
        return true;
      }
    }
    return false;
  }
}
