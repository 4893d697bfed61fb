package io.github.rediscached.agent.key;

/** Classes whose instances can't be part of a key. */
final class Refused extends CanonicalSerializer {

  private final String reason;

  /**
   * @param reason completes a sentence that begins with where the value is
   */
  Refused(String reason) {
    this.reason = reason;
  }

  /** For instances of a class that are what their class's name says. */
  static Refused instanceOf(Class<?> type) {
    return new Refused("is " + withArticle(type.getName()));
  }

  /**
   * The same for a reason that the name does not tell.
   *
   * @param which completes a clause that begins with "which"
   */
  static Refused instanceOf(Class<?> type, String which) {
    return new Refused(instanceOf(type).reason + ", which " + which);
  }

  static String withArticle(String name) {
    char first = Character.toLowerCase(name.charAt(0));
    return ("aeiou".indexOf(first) >= 0 ? "an " : "a ") + name;
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    throw out.unkeyable(reason);
  }
}
