package io.github.rediscached.agent.seal;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/**
 * The algorithms of the JDK's own providers, where they are there: one that a library of the
 * application has registered would keep that library's class loader in memory.
 */
final class Algorithms {

  private static final String CIPHERS = "SunJCE";
  private static final String BASICS = "SUN";

  private Algorithms() {}

  static Cipher cipher(String name) throws GeneralSecurityException {
    try {
      return Cipher.getInstance(name, CIPHERS);
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      return Cipher.getInstance(name);
    }
  }

  static Mac mac(String name) throws GeneralSecurityException {
    try {
      return Mac.getInstance(name, CIPHERS);
    } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
      return Mac.getInstance(name);
    }
  }

  /** One that never waits for entropy, where there is a choice. */
  static SecureRandom random() {
    for (String name : new String[] {"NativePRNGNonBlocking", "DRBG"}) {
      try {
        return SecureRandom.getInstance(name, BASICS);
      } catch (NoSuchAlgorithmException | NoSuchProviderException e) {
        // The next one.
      }
    }
    return new SecureRandom();
  }
}
