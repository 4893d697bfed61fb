package io.github.rediscached.agent.seal;

import io.github.rediscached.agent.plan.Secret;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals values: encrypts them, and binds them to what the caller says of them, so that who has no
 * secret can neither read nor make nor exchange them. A sealed value is the id of the key, a random
 * nonce, and what {@link Xaes256Gcm} makes of the bytes. {@code call} asks it for each entry that
 * is read or written. Thread-safe.
 */
public final class Seal {

  /** How much longer a value becomes. */
  public static final int MORE_BYTES =
      Keyring.ID_BYTES + Xaes256Gcm.NONCE_BYTES + Xaes256Gcm.TAG_BYTES;

  private final List<Secret> secrets;
  private final String namespace;
  private final SecureRandom random = Algorithms.random();

  /** Made when it is first needed, since the JDK's cryptography takes 0.1 to 0.2 s to load. */
  private volatile @Nullable Keyring keyring;

  /**
   * @param secrets newest first, one at least: the first seals, all open
   * @param namespace of the application: others with the same secret have other keys
   */
  public Seal(List<Secret> secrets, String namespace) {
    this.secrets = List.copyOf(secrets);
    this.namespace = namespace;
  }

  /** Loads on a thread of its own what the first value would wait for. */
  public void prepare() {
    DaemonThreads.named(
            "rediscached-prepare",
            () -> {
              try {
                byte[] sealed = new byte[MORE_BYTES];
                seal(sealed, 0, 0, sealed, sealed, 0);
              } catch (RuntimeException | Error e) {
                // The first value fails likewise, and that is logged.
              }
            })
        .start();
  }

  /**
   * Seals a value with the newest secret.
   *
   * @param value not within {@code out}
   * @param context what the value is bound to
   * @param out gets {@link #MORE_BYTES} more than there are
   * @param at where the sealed value begins
   */
  public void seal(byte[] value, int from, int to, byte[] context, byte[] out, int at) {
    Keyring.Key key = keyring().newest();
    byte[] nonce = new byte[Xaes256Gcm.NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer.wrap(out, at, MORE_BYTES).putInt(key.id()).put(nonce);
    try {
      key.cipher()
          .encrypt(
              value, from, to, nonce, context, out, at + Keyring.ID_BYTES + Xaes256Gcm.NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A value can't be sealed.", e);
    }
  }

  /**
   * Opens a sealed value.
   *
   * @param context what it has to be bound to
   * @throws BrokenSealException if it can't be opened with the secrets that are known here, or is
   *     not what was sealed
   */
  public byte[] open(byte[] sealed, int from, int to, byte[] context) throws BrokenSealException {
    if (to - from < MORE_BYTES) {
      throw new BrokenSealException(BrokenSealException.Kind.CHANGED);
    }
    Keyring.Key key = keyring().find(ByteBuffer.wrap(sealed).getInt(from));
    if (key == null) {
      throw new BrokenSealException(BrokenSealException.Kind.UNKNOWN_SECRET);
    }
    int nonceAt = from + Keyring.ID_BYTES;
    int encryptedAt = nonceAt + Xaes256Gcm.NONCE_BYTES;
    byte[] nonce = Arrays.copyOfRange(sealed, nonceAt, encryptedAt);
    try {
      return key.cipher().decrypt(sealed, encryptedAt, to, nonce, context);
    } catch (GeneralSecurityException e) {
      throw new BrokenSealException(BrokenSealException.Kind.CHANGED);
    }
  }

  /** A digest of 256 bits, an HMAC under a key of the newest secret. */
  public byte[] digest(byte[] text) {
    return keyring().digest(text);
  }

  private Keyring keyring() {
    Keyring present = keyring;
    return present == null ? derived() : present;
  }

  private synchronized Keyring derived() {
    Keyring present = keyring;
    if (present == null) {
      try {
        present = new Keyring(secrets, namespace);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(
            "This JVM has no AES-256-GCM or no HMAC-SHA256, which `values.key` needs.", e);
      }
      keyring = present;
    }
    return present;
  }
}
