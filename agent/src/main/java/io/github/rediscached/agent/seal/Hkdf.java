package io.github.rediscached.agent.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives keys from a secret that has enough entropy: HKDF with HMAC-SHA256 (RFC 5869). {@link
 * Keyring} asks it once at start.
 */
final class Hkdf {

  static final String HMAC = "HmacSHA256";

  private final Mac mac;

  /**
   * Extracts.
   *
   * @param salt no secret
   */
  Hkdf(byte[] salt, byte[] secret) throws GeneralSecurityException {
    Mac extracting = Algorithms.mac(HMAC);
    extracting.init(new SecretKeySpec(salt, HMAC));
    mac = Algorithms.mac(HMAC);
    mac.init(new SecretKeySpec(extracting.doFinal(secret), HMAC));
  }

  /**
   * Expands.
   *
   * @param purpose tells one derived key from another
   */
  byte[] derive(String purpose, int length) {
    return derive(purpose.getBytes(StandardCharsets.UTF_8), length);
  }

  byte[] derive(byte[] purpose, int length) {
    byte[] derived = new byte[length];
    byte[] block = {};
    for (int done = 0, number = 1; done < length; done += block.length, number++) {
      mac.update(block);
      mac.update(purpose);
      mac.update((byte) number);
      block = mac.doFinal();
      System.arraycopy(block, 0, derived, done, Math.min(block.length, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return derived;
  }
}
