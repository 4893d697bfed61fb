package io.github.rediscached.agent.http;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Answers a question about names of header fields or cookies, and remembers the answer: the same
 * dozen of names comes with each request. Thread-safe.
 */
final class SeenNames {

  /** Clients make names up, so not all can be remembered. */
  private static final int MOST = 512;

  private static final int LONGEST = 64;

  private final Map<String, Boolean> answers = new ConcurrentHashMap<>();
  private final Predicate<String> question;

  /**
   * @param question about a name in lower case
   */
  SeenNames(Predicate<String> question) {
    this.question = question;
  }

  /** The answer for a name in any case. */
  boolean has(String name) {
    Boolean known = answers.get(name);
    if (known != null) {
      return known;
    }
    boolean answer = question.test(name.toLowerCase(Locale.ROOT));
    if (name.length() <= LONGEST && answers.size() < MOST) {
      answers.put(name, answer);
    }
    return answer;
  }
}
