package io.github.rediscached.agent.config;

import java.util.Map;

/** Replaces {@code ${NAME}} and {@code ${NAME:-default}} by the environment's values. */
final class EnvironmentReferences {

  private static final int MAX_LENGTH = 1 << 20;

  private final Map<String, String> environment;

  EnvironmentReferences(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Replaces all references in a value, but none in the values of variables.
   *
   * @throws IllegalArgumentException if a reference is malformed or not set; the message completes
   *     a sentence that begins with the setting's name and ends with the remedy
   */
  String replaceIn(String text) {
    int open = text.indexOf("${");
    if (open < 0) {
      return text;
    }
    StringBuilder replaced = new StringBuilder();
    int done = 0;
    while (open >= 0) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException(
            "has a \"${\" without \"}\". Write ${NAME} or ${NAME:-default}.");
      }
      replaced.append(text, done, open).append(value(text.substring(open + 2, close)));
      if (replaced.length() > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "is longer than a million characters once its variables are replaced. Shorten it.");
      }
      done = close + 1;
      open = text.indexOf("${", done);
    }
    return replaced.append(text, done, text.length()).toString();
  }

  private String value(String reference) {
    int separator = reference.indexOf(":-");
    String name = separator < 0 ? reference : reference.substring(0, separator);
    if (!isVariableName(name) || reference.contains("${")) {
      throw new IllegalArgumentException(
          "has \"${%s}\", which is no reference to a variable. Write ${NAME} or ${NAME:-default}."
              .formatted(RedactedUri.of(reference)));
    }
    String value = environment.get(name);
    // As in a shell: with ":-" the default also stands for an empty value.
    if (separator >= 0 && (value == null || value.isEmpty())) {
      return reference.substring(separator + 2);
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "needs the environment variable %1$s, which is not set. Set it, or write a default: ${%1$s:-default}."
              .formatted(name));
    }
    return value;
  }

  private static boolean isVariableName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_' && c != '.' && !Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
