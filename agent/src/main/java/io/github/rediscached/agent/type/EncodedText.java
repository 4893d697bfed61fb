package io.github.rediscached.agent.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of a Redis key while they are written: ASCII, in an array that grows. Not thread-safe.
 *
 * <p>Text is percent-encoded, so that it can be read back: a character outside of a set of safe
 * ones becomes {@code %} and two hex digits for each of its UTF-8 bytes.
 */
public final class EncodedText {

  /** Longer text makes the key a digest. */
  public static final int MAX_TEXT_CHARS = 128;

  private static final boolean[] SAFE_IN_TEXT = safe("!$&()+-./:;<=>@^_|");
  private static final boolean[] SAFE_IN_CACHE_NAME = safe("!#$&()+,-./;<=>@[]^_|");
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGEST_HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  /** Begins with a copy of a prefix, and room for more bytes. */
  public EncodedText(byte[] prefix, int moreBytes) {
    bytes = Arrays.copyOf(prefix, prefix.length + moreBytes);
    size = prefix.length;
  }

  private static boolean[] safe(String punctuation) {
    boolean[] safe = new boolean[128];
    Arrays.fill(safe, '0', '9' + 1, true);
    Arrays.fill(safe, 'A', 'Z' + 1, true);
    Arrays.fill(safe, 'a', 'z' + 1, true);
    for (int i = 0; i < punctuation.length(); i++) {
      safe[punctuation.charAt(i)] = true;
    }
    return safe;
  }

  /** The bytes, the prefix included. This object must not be used any more. */
  public byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  /** An ASCII character as it is. */
  public void raw(char asciiCharacter) {
    ensure(1);
    bytes[size++] = (byte) asciiCharacter;
  }

  /** The bytes as text. */
  public String toText() {
    return new String(bytes, 0, size, StandardCharsets.US_ASCII);
  }

  /** Decimal digits of a number. */
  void number(long value) {
    int length = lengthOf(value);
    ensure(length);
    size += length;
    int at = size;
    // Not the absolute value, which the smallest number does not have.
    for (long rest = value; at > size - length; rest /= 10) {
      bytes[--at] = (byte) ('0' + Math.abs(rest % 10));
    }
    if (value < 0) {
      bytes[at] = '-';
    }
  }

  /** The number of bytes that {@link #number} writes. */
  static int lengthOf(long value) {
    int length = value < 0 ? 2 : 1;
    for (long rest = value / 10; rest != 0; rest /= 10) {
      length++;
    }
    return length;
  }

  void uuid(long mostSignificantBits, long leastSignificantBits) {
    ensure(36);
    hex(mostSignificantBits, 32, 8);
    bytes[size++] = '-';
    hex(mostSignificantBits, 16, 4);
    bytes[size++] = '-';
    hex(mostSignificantBits, 0, 4);
    bytes[size++] = '-';
    hex(leastSignificantBits, 48, 4);
    bytes[size++] = '-';
    hex(leastSignificantBits, 0, 12);
  }

  private void hex(long bits, int shift, int digits) {
    for (int digit = digits - 1; digit >= 0; digit--) {
      bytes[size++] = DIGEST_HEX[(int) (bits >>> (shift + 4 * digit)) & 0xf];
    }
  }

  /** A number sign and the first 128 bits of a hash. */
  public void digest(byte[] hash) {
    raw('#');
    ensure(32);
    for (int i = 0; i < 16; i++) {
      bytes[size++] = DIGEST_HEX[(hash[i] >> 4) & 0xf];
      bytes[size++] = DIGEST_HEX[hash[i] & 0xf];
    }
  }

  /**
   * Text of a user, percent-encoded.
   *
   * @return false if it is too long or has unpaired surrogates; the bytes written are useless then
   */
  public boolean text(String text) {
    return text.length() <= MAX_TEXT_CHARS && encode(text, SAFE_IN_TEXT);
  }

  /** The name of a cache, percent-encoded; different unpaired surrogates stay different. */
  public void cacheName(String name) {
    for (int at = 0; at < name.length(); ) {
      int codePoint = name.codePointAt(at);
      encode(codePoint, SAFE_IN_CACHE_NAME);
      at += Character.charCount(codePoint);
    }
  }

  private boolean encode(String text, boolean[] safe) {
    ensure(text.length());
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return false;
      }
      encode(codePoint, safe);
      at += Character.charCount(codePoint);
    }
    return true;
  }

  private void encode(int codePoint, boolean[] safe) {
    if (codePoint < 0x80) {
      if (safe[codePoint]) {
        raw((char) codePoint);
      } else {
        percent(codePoint);
      }
    } else if (codePoint < 0x800) {
      percent(0xc0 | (codePoint >> 6));
      percent(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
      percent(0xe0 | (codePoint >> 12));
      percent(0x80 | ((codePoint >> 6) & 0x3f));
      percent(0x80 | (codePoint & 0x3f));
    } else {
      percent(0xf0 | (codePoint >> 18));
      percent(0x80 | ((codePoint >> 12) & 0x3f));
      percent(0x80 | ((codePoint >> 6) & 0x3f));
      percent(0x80 | (codePoint & 0x3f));
    }
  }

  /** A percent sign and two hex digits. */
  public void percent(int utf8Byte) {
    ensure(3);
    bytes[size++] = '%';
    bytes[size++] = HEX[(utf8Byte >> 4) & 0xf];
    bytes[size++] = HEX[utf8Byte & 0xf];
  }

  /** ASCII as it is. */
  public void raw(byte[] asciiBytes) {
    ensure(asciiBytes.length);
    System.arraycopy(asciiBytes, 0, bytes, size, asciiBytes.length);
    size += asciiBytes.length;
  }

  private void ensure(int moreBytes) {
    if (size + moreBytes > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + moreBytes, bytes.length * 2));
    }
  }
}
