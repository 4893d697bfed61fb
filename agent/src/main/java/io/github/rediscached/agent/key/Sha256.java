package io.github.rediscached.agent.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;

/** Computes SHA-256 without a look-up of security providers for each key. */
final class Sha256 {

  private static final MessageDigest PROTOTYPE = prototype();

  private Sha256() {}

  /**
   * Asks for the JDK's own implementation. One that a library of the application has registered
   * would keep that library's class loader in memory.
   */
  private static MessageDigest prototype() {
    try {
      return MessageDigest.getInstance("SHA-256", "SUN");
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      return anyProvider();
    }
  }

  private static MessageDigest anyProvider() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM has no SHA-256, which every JVM must have.", e);
    }
  }

  static byte[] of(byte[] bytes, int length) {
    MessageDigest digest;
    try {
      digest = (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      digest = anyProvider();
    }
    digest.update(bytes, 0, length);
    return digest.digest();
  }
}
