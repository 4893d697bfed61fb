package io.github.rediscached.agent.key;

/** Tells tests of other packages which types are arguments. */
public final class KeyTypes {

  private KeyTypes() {}

  /** Whether objects of a class become part of a key, as far as the class tells. */
  public static boolean isArgument(Class<?> type) {
    return !(Encodings.of(type) instanceof Refused);
  }
}
