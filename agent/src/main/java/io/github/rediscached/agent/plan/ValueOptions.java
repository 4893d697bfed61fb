package io.github.rediscached.agent.plan;

import java.util.List;

/**
 * What the settings say of classes in values, where the agent can't tell by itself.
 *
 * @param data classes that are data though they look like a part of the application
 * @param refused classes that are a part of the application though they look like data
 * @param allowed classes that an entry may hold though no declared type leads to them
 */
public record ValueOptions(
    List<TypePattern> data, List<TypePattern> refused, List<TypePattern> allowed) {

  /** Nothing is said. */
  public static final ValueOptions NONE = new ValueOptions(List.of(), List.of(), List.of());

  /** Whether a class is said to be data. */
  public boolean isData(Class<?> type) {
    return matches(data, type);
  }

  /** Whether a class is said to be no data. */
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
