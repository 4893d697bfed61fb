package io.github.rediscached.agent.plan;

/**
 * Names of classes of the application's libraries. Of some of these libraries the agent has copies,
 * which the build renames; and with them it renames every text in the agent's code that begins like
 * a name of theirs. So a name that is to stay is written with something in front of it.
 */
public final class LibraryName {

  private static final String FRONT = "class ";

  private LibraryName() {}

  /** The name in a text such as {@code "class org.slf4j.Logger"}. */
  public static String in(String text) {
    return text.substring(FRONT.length());
  }
}
