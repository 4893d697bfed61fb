package io.github.rediscached.agent.plan;

/** Checks the names of caches, so that Redis keys stay unambiguous. */
public final class CacheName {

  private static final int MAX_LENGTH = 200;

  private CacheName() {}

  /**
   * Returns the name of an annotation or a rule, if it is valid.
   *
   * @throws IllegalArgumentException if it can't be part of a key; the message completes a sentence
   *     that begins with the setting's name and ends with the remedy
   */
  public static String check(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("is empty. Write a name or remove it.");
    }
    if (name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "has " + name.length() + " characters. Write at most " + MAX_LENGTH + ".");
    }
    if (name.charAt(0) == '~') {
      throw new IllegalArgumentException(
          "is \"" + name + "\", but \"~\" begins keys of our own. Write another first character.");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      // A colon separates the parts of a key; braces choose the slot in a cluster.
      if (c == ':' || c == '{' || c == '}' || Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "is \"%s\", but colons, braces and control characters would make keys ambiguous. Write a name without them."
                .formatted(name));
      }
    }
    return name;
  }
}
