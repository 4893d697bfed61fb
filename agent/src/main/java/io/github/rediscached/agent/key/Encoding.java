package io.github.rediscached.agent.key;

/**
 * How the instances of one class become canonical bytes. {@link Encodings} chooses one for each
 * class and {@link CanonicalBytes} calls it. Thread-safe; refers to nothing but the class it is
 * for, so that it never keeps another class loader in memory.
 */
interface Encoding {

  /**
   * Writes a value, with its tag.
   *
   * @throws UnkeyableException if the value has no canonical bytes. Methods of the value may throw
   *     anything else
   */
  void write(CanonicalBytes out, Object value) throws UnkeyableException;
}
