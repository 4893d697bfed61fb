package io.github.rediscached.agent.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant. */
final class Suggestion {

  private Suggestion() {}

  /**
   * A sentence on an unknown name, and one on the names that would do.
   *
   * @param prefix what stands before the unknown name and before all known ones
   */
  static String unknown(String prefix, String name, Collection<String> known) {
    String nearest = nearest(name, known);
    return prefix
        + name
        + " is not known. "
        + (nearest != null
            ? "Did you mean " + prefix + nearest + "?"
            : "Known are " + prefix + String.join(", " + prefix, known) + ".");
  }

  private static @Nullable String nearest(String name, Collection<String> known) {
    String nearest = null;
    int nearestDistance = Math.max(1, name.length() / 3) + 1;
    for (String each : known) {
      int distance = distance(name, each);
      if (distance < nearestDistance) {
        nearest = each;
        nearestDistance = distance;
      }
    }
    return nearest;
  }

  /** How many characters must be put in, left out or changed; case does not count. */
  private static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      char character = Character.toLowerCase(left.charAt(i - 1));
      for (int j = 1; j <= right.length(); j++) {
        int change = character == Character.toLowerCase(right.charAt(j - 1)) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
