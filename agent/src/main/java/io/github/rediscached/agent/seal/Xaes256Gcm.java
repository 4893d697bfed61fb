package io.github.rediscached.agent.seal;

import io.github.rediscached.agent.thread.Pool;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * XAES-256-GCM (C2SP, https://c2sp.org/XAES-256-GCM): AES-256-GCM under a key that is derived from
 * the long-lived one for each value, by half of a random nonce of 192 bits. With GCM's own 96 bits
 * a fleet could use up the values that may be sealed under one key within days. Thread-safe.
 */
final class Xaes256Gcm {

  static final int KEY_BYTES = 32;
  static final int NONCE_BYTES = 24;
  static final int TAG_BYTES = 16;

  private static final String AES = "AES";
  private static final int BLOCK_BYTES = 16;
  private static final int HALF_NONCE_BYTES = 12;

  /** From the polynomial of the field with 2^128 elements, as in CMAC (NIST SP 800-38B). */
  private static final int FIELD = 0x87;

  private final SecretKeySpec key;
  private final byte[] subkey;
  private final Pool<Ciphers> ciphers;

  /** The two steps of one value, for one thread at a time. */
  private record Ciphers(Cipher derivation, Cipher gcm) {}

  Xaes256Gcm(byte[] key) throws GeneralSecurityException {
    this.key = new SecretKeySpec(key, AES);
    this.subkey = doubled(newCiphers().derivation().doFinal(new byte[BLOCK_BYTES]));
    this.ciphers =
        new Pool<>(
            () -> {
              try {
                return newCiphers();
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JVM has no AES-256-GCM any more.", e);
              }
            });
  }

  private Ciphers newCiphers() throws GeneralSecurityException {
    Cipher derivation = Algorithms.cipher("AES/ECB/NoPadding");
    derivation.init(Cipher.ENCRYPT_MODE, key);
    return new Ciphers(derivation, Algorithms.cipher("AES/GCM/NoPadding"));
  }

  /** Shifted to the left by one bit, in the field. */
  private static byte[] doubled(byte[] block) {
    byte[] doubled = new byte[BLOCK_BYTES];
    int carry = 0;
    for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
      int shifted = (block[i] & 0xFF) << 1 | carry;
      doubled[i] = (byte) shifted;
      carry = shifted >>> Byte.SIZE;
    }
    if (carry == 1) {
      doubled[BLOCK_BYTES - 1] ^= (byte) FIELD;
    }
    return doubled;
  }

  /**
   * Encrypts.
   *
   * @param nonce random, never used before
   * @param context what is authenticated with it
   * @param out gets as many bytes as there are, and {@link #TAG_BYTES} more
   */
  void encrypt(byte[] in, int from, int to, byte[] nonce, byte[] context, byte[] out, int at)
      throws GeneralSecurityException {
    Ciphers mine = ciphers.take();
    Cipher gcm = initialized(mine, Cipher.ENCRYPT_MODE, nonce);
    gcm.updateAAD(context);
    gcm.doFinal(in, from, to - from, out, at);
    ciphers.giveBack(mine);
  }

  /**
   * Decrypts.
   *
   * @throws GeneralSecurityException if these bytes are not what {@link #encrypt} has made with the
   *     same nonce and context
   */
  byte[] decrypt(byte[] in, int from, int to, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Ciphers mine = ciphers.take();
    Cipher gcm = initialized(mine, Cipher.DECRYPT_MODE, nonce);
    gcm.updateAAD(context);
    byte[] out = gcm.doFinal(in, from, to - from);
    ciphers.giveBack(mine);
    return out;
  }

  private Cipher initialized(Ciphers mine, int mode, byte[] nonce) throws GeneralSecurityException {
    byte[] blocks = new byte[2 * BLOCK_BYTES];
    for (int i = 0; i < 2; i++) {
      int at = i * BLOCK_BYTES;
      blocks[at + 1] = (byte) (i + 1);
      blocks[at + 2] = 'X';
      System.arraycopy(nonce, 0, blocks, at + BLOCK_BYTES - HALF_NONCE_BYTES, HALF_NONCE_BYTES);
      for (int j = 0; j < BLOCK_BYTES; j++) {
        blocks[at + j] ^= subkey[j];
      }
    }
    byte[] derived = mine.derivation().doFinal(blocks);
    mine.gcm()
        .init(
            mode,
            new SecretKeySpec(derived, AES),
            new GCMParameterSpec(
                TAG_BYTES * Byte.SIZE, nonce, HALF_NONCE_BYTES, NONCE_BYTES - HALF_NONCE_BYTES));
    Arrays.fill(derived, (byte) 0);
    return mine.gcm();
  }
}
