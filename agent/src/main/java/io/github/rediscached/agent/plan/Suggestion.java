package io.github.rediscached.agent.plan;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that is nearest to a misspelled one, for messages. */
public final class Suggestion {

  private static final int MAX_EDITS = 3;

  private Suggestion() {}

  /**
   * The candidate that is most like the word: the fewest characters inserted, removed, replaced or
   * swapped with their neighbour, without regard to case. A candidate whose last part is the word
   * ({@code timeout} of {@code redis.timeout}) counts as one edit away.
   *
   * @return the first of the nearest candidates; null if none is close enough
   */
  public static @Nullable String nearest(String word, Iterable<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    String nearest = null;
    int fewestEdits = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int limit = Math.min(MAX_EDITS, Math.max(1, candidate.length() / 4));
      int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT), limit);
      if (edits <= limit && edits < fewestEdits) {
        nearest = candidate;
        fewestEdits = edits;
      }
    }
    return nearest;
  }

  /** The edits from one word to the other, or any number above the limit if there are more. */
  private static int edits(String from, String to, int limit) {
    if (isLastPart(from, to)) {
      return 1;
    }
    if (Math.abs(from.length() - to.length()) > limit) {
      return limit + 1;
    }
    int[] twoAbove = new int[to.length() + 1];
    int[] above = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], 1 + twoAbove[j - 2]);
        }
      }
      int[] unused = twoAbove;
      twoAbove = above;
      above = row;
      row = unused;
    }
    return above[to.length()];
  }

  private static boolean isLastPart(String word, String name) {
    int start = name.length() - word.length();
    return !word.isEmpty() && start > 0 && name.charAt(start - 1) == '.' && name.endsWith(word);
  }
}
