package io.github.rediscached.agent.key;

/**
 * Classes whose instances can't be part of a key.
 *
 * @param reason completes a sentence that begins with where the value is
 */
record Refused(String reason) implements Encoding {

  /** For instances of a class that are what their class's name says. */
  static Refused instanceOf(Class<?> type) {
    String name = type.getName();
    return new Refused(("aeiou".indexOf(name.charAt(0)) >= 0 ? "is an " : "is a ") + name);
  }

  @Override
  public void write(Object value, CanonicalBytes out) throws UnkeyableException {
    throw out.unkeyable(reason);
  }
}
