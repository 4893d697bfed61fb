package io.github.rediscached.agent.key;

/** Digests under a secret, in place of what is readable in Redis keys. Thread-safe. */
public interface KeyHash {

  /** At least 128 bits, the same for the same text on every JVM with this secret. */
  byte[] of(byte[] text);
}
