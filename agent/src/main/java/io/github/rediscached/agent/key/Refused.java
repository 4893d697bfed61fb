package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Refusal;

/**
 * Classes whose instances can't be part of a key.
 *
 * @param reason completes a sentence that begins with the place of the value
 */
record Refused(String reason) implements Encoding {

  /** The reason is the class itself. */
  static Refused instanceOf(Class<?> type) {
    return new Refused("is " + Refusal.a(type.getName()));
  }

  /**
   * The name of the class does not tell the reason.
   *
   * @param which completes a clause that begins with "which"
   */
  static Refused instanceOf(Class<?> type, String which) {
    return new Refused(instanceOf(type).reason + ", which " + which);
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    throw out.unkeyable(reason);
  }
}
