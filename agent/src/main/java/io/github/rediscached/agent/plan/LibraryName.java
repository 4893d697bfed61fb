package io.github.rediscached.agent.plan;

/**
 * Names of classes of the application's libraries. The agent has copies of some libraries, and the
 * build renames their packages. It also renames each text in the agent's code that begins with the
 * name of such a package. So a name that must stay is written with a word in front of it.
 */
public final class LibraryName {

  private static final String FRONT = "class ";

  private LibraryName() {}

  /** The name in a text such as {@code "class org.slf4j.Logger"}. */
  public static String in(String text) {
    return text.substring(FRONT.length());
  }
}
