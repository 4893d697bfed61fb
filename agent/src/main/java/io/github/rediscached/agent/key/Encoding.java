package io.github.rediscached.agent.key;

/** How the instances of a class become canonical bytes. Thread-safe. */
interface Encoding {

  /**
   * Writes a value, with its tag.
   *
   * @throws UnkeyableException if the value has no canonical bytes. Methods of the value may throw
   *     anything else
   */
  void write(Object value, CanonicalBytes out) throws UnkeyableException;
}
