package io.github.rediscached.agent.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Entity tags (RFC 9110, 8.8.3): comparing those of a request with the one of an entry, and making
 * one for a response that has none. The code that answers conditional requests calls it.
 *
 * <p>A tag without quotes is no valid one, but some applications send such. It equals itself here,
 * so a client that returns it gets its 304.
 */
final class EntityTags {

  private EntityTags() {}

  /** Whether an {@code If-None-Match} names the tag, by the weak comparison. */
  static boolean matches(List<String> ifNoneMatch, String etag) {
    String opaque = opaque(FieldSyntax.trim(etag));
    if (opaque.isEmpty()) {
      return false;
    }
    // Beside other tags the asterisk is no valid syntax, so nothing is derived from it there.
    if (ifNoneMatch.size() == 1 && FieldSyntax.trim(ifNoneMatch.get(0)).equals("*")) {
      return true;
    }
    for (String line : ifNoneMatch) {
      for (String candidate : FieldSyntax.elements(line, false)) {
        if (opaque(candidate).equals(opaque)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String opaque(String etag) {
    return etag.startsWith("W/") ? etag.substring(2) : etag;
  }

  /**
   * Whether an {@code If-Range} is the tag, by the strong comparison: a weak tag equals none. An
   * {@code If-Range} that is a date is not for here, so the answer is no.
   */
  static boolean strongly(String ifRange, String etag) {
    String tag = FieldSyntax.trim(ifRange);
    return tag.length() >= 2
        && tag.startsWith("\"")
        && tag.indexOf('"', 1) == tag.length() - 1
        && tag.equals(FieldSyntax.trim(etag));
  }

  /**
   * Makes a weak tag of a body: the first 64 bits of its SHA-256.
   *
   * <p>Two bodies with the same tag would leave a client with the old one. A fast hash such as FNV
   * or xxHash lets anyone who writes a part of a page build such a pair; SHA-256 does not without
   * billions of attempts. It runs once for a stored response, and processors have instructions for
   * it.
   */
  static String weak(byte[] body) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM has no SHA-256, which every JVM must have.", e);
    }
    long bits = ByteBuffer.wrap(digest.digest(body)).getLong();
    return "W/\"" + HexFormat.of().toHexDigits(bits) + "\"";
  }
}
