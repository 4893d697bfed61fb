package io.github.rediscached.agent.plan;

import java.security.MessageDigest;

/** A secret of the settings: random bytes. It is never shown. Immutable. */
public final class Secret {

  /** Fewer could be guessed; there is no stretching of passphrases. */
  public static final int MIN_BYTES = 32;

  private final byte[] bytes;

  public Secret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  /** The same for all: a hash would tell something. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "***";
  }
}
