package io.github.rediscached.agent.seal;

import io.github.rediscached.agent.plan.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are derived from the secrets: for each secret one that seals values, with an id
 * that names it in sealed values; and of the newest secret one for digests. The namespace is a part
 * of the derivation, so two namespaces with one secret have different keys. Thread-safe.
 */
final class Keyring {

  static final int ID_BYTES = 4;

  private static final byte[] SALT = "rediscached".getBytes(StandardCharsets.US_ASCII);

  private final List<Key> keys = new ArrayList<>();
  private final Mac digest;

  /** What seals values. */
  record Key(int id, Xaes256Gcm cipher) {}

  /**
   * @param secrets newest first, one at least
   */
  Keyring(List<Secret> secrets, String namespace) throws GeneralSecurityException {
    Mac newest = null;
    for (Secret secret : secrets) {
      Hkdf derivation = new Hkdf(SALT, secret.bytes());
      keys.add(
          new Key(
              ByteBuffer.wrap(derivation.derive("key id 1 " + namespace, ID_BYTES)).getInt(),
              new Xaes256Gcm(derivation.derive("values 1 " + namespace, Xaes256Gcm.KEY_BYTES))));
      if (newest == null) {
        newest = Algorithms.mac(Hkdf.HMAC);
        newest.init(new SecretKeySpec(derivation.derive("keys 1 " + namespace, 32), Hkdf.HMAC));
      }
    }
    if (newest == null) {
      throw new IllegalArgumentException("no secret");
    }
    this.digest = newest;
  }

  Key newest() {
    return keys.get(0);
  }

  /** Null if it is of no secret that is known here. */
  @Nullable Key find(int id) {
    for (Key key : keys) {
      if (key.id() == id) {
        return key;
      }
    }
    return null;
  }

  /** A digest of 256 bits, an HMAC under a key of the newest secret. */
  byte[] digest(byte[] text) {
    try {
      return ((Mac) digest.clone()).doFinal(text);
    } catch (CloneNotSupportedException e) {
      synchronized (digest) {
        return digest.doFinal(text);
      }
    }
  }
}
