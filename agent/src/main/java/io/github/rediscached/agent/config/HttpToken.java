package io.github.rediscached.agent.config;

/**
 * Checks the names of headers and cookies, for {@link KnownHttpOptions}: tokens of RFC 9110, but
 * without {@code *}. No real name has it, and who writes it hopes for a wildcard.
 */
final class HttpToken {

  private static final String SEPARATORS = "\"(),/:;<=>?@[\\]{}";

  private HttpToken() {}

  /**
   * Checks a name at the end of an option's element.
   *
   * @param text the whole element
   * @param start where the name begins in it
   * @param kind the word for what has the name
   * @param remedy a sentence with an example
   * @throws IllegalArgumentException if it is no name; the message completes a sentence that begins
   *     with the option's name and ends with the remedy
   */
  static void check(String text, int start, String kind, String remedy) {
    if (start >= text.length()) {
      throw new IllegalArgumentException(
          "has \"" + text + "\", which names no " + kind + ". " + remedy);
    }
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        throw new IllegalArgumentException(
            "has \"" + text + "\", but \"*\" in a name is no wildcard. Write each name in full.");
      }
      if (c <= ' ' || c > '~' || SEPARATORS.indexOf(c) >= 0) {
        String found = text.substring(i, text.offsetByCodePoints(i, 1));
        throw new IllegalArgumentException(
            "has \"" + text + "\", but a " + kind + "'s name has no \"" + found + "\". " + remedy);
      }
    }
  }
}
