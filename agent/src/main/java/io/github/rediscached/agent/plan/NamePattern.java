package io.github.rediscached.agent.plan;

import org.jspecify.annotations.Nullable;

/**
 * A dotted name with wildcards: {@code *} is any part of one name, never beyond a dot or a dollar
 * sign, {@code ..} any packages. Matching is linear in practice and allocates nothing: it runs for
 * every class that is loaded.
 */
final class NamePattern {

  /** Stands for {@code ..} in the pattern. No name has this character. */
  private static final char ANY_PACKAGES = '\u2025';

  private final String pattern;
  private final boolean exact;

  /** The begin and the end of each matching name. */
  private final String prefix;

  private final String suffix;

  NamePattern(String text) {
    this.pattern = text.replace("..", "\u2025");
    int first = 0;
    while (first < pattern.length() && !isWildcard(pattern.charAt(first))) {
      first++;
    }
    int afterLast = pattern.length();
    while (afterLast > 0 && !isWildcard(pattern.charAt(afterLast - 1))) {
      afterLast--;
    }
    this.exact = first == pattern.length();
    this.prefix = pattern.substring(0, first);
    this.suffix = pattern.substring(afterLast);
  }

  private static boolean isWildcard(char c) {
    return c == '*' || c == ANY_PACKAGES;
  }

  /** The one name that matches, null if there is a wildcard. */
  @Nullable String exactName() {
    return exact ? pattern : null;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return pattern.replace("\u2025", "..");
  }

  boolean matches(String name) {
    if (exact) {
      return name.equals(pattern);
    }
    return name.startsWith(prefix) && name.endsWith(suffix) && matchesWildcards(name);
  }

  /**
   * On a mismatch the latest {@code *} takes one more character, and if that is impossible, the
   * latest {@code ..} takes one more package. Earlier wildcards need no second try, since the
   * latest {@code ..} can take all that they could.
   */
  private boolean matchesWildcards(String name) {
    int p = prefix.length();
    int n = prefix.length();
    int afterStar = -1;
    int starEnd = 0;
    int afterPackages = -1;
    int packagesEnd = 0;
    while (true) {
      if (p == pattern.length() && n == name.length()) {
        return true;
      }
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (p < pattern.length() && wanted == '*') {
        afterStar = ++p;
        starEnd = n;
      } else if (p < pattern.length()
          && wanted == ANY_PACKAGES
          && (p == 0 || (n < name.length() && name.charAt(n) == '.'))) {
        n = p == 0 ? 0 : n + 1;
        afterPackages = ++p;
        packagesEnd = n;
        afterStar = -1;
      } else if (p < pattern.length() && n < name.length() && name.charAt(n) == wanted) {
        p++;
        n++;
      } else if (afterStar >= 0
          && starEnd < name.length()
          && name.charAt(starEnd) != '.'
          && name.charAt(starEnd) != '$') {
        n = ++starEnd;
        p = afterStar;
      } else if (afterPackages >= 0) {
        packagesEnd = name.indexOf('.', packagesEnd) + 1;
        if (packagesEnd == 0) {
          return false;
        }
        n = packagesEnd;
        p = afterPackages;
        afterStar = -1;
      } else {
        return false;
      }
    }
  }
}
