package io.github.rediscached.agent.http;

import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code Cache-Status} of an answer (RFC 9211), which says where it comes from and why.
 */
final class CacheStatus {

  private static final String NAME = "rediscached";

  /** The largest Integer of a structured field, RFC 8941. */
  private static final long LARGEST = 999_999_999_999_999L;

  private CacheStatus() {}

  /**
   * An answer from the cache.
   *
   * @param ttlSeconds how long it remains fresh, negative once it is stale
   */
  static String hit(long ttlSeconds) {
    return NAME + "; hit; ttl=" + Math.max(-LARGEST, Math.min(ttlSeconds, LARGEST));
  }

  /**
   * An answer of the application.
   *
   * @param reason why the cache did not give it: uri-miss, vary-miss, stale, request, method,
   *     bypass, miss or partial
   * @param status what the application answered, 0 if that is not to be said
   * @param stored whether the answer is in the cache now
   * @param collapsed whether it was made for another request, and this one has waited for it
   * @param detail more about the reason, or null
   */
  static String forwarded(
      String reason, int status, boolean stored, boolean collapsed, @Nullable String detail) {
    StringBuilder text = new StringBuilder(NAME).append("; fwd=").append(reason);
    if (status != 0) {
      text.append("; fwd-status=").append(status);
    }
    if (stored) {
      text.append("; stored");
    }
    if (collapsed) {
      text.append("; collapsed");
    }
    if (detail != null) {
      text.append("; detail=");
      if (isToken(detail)) {
        text.append(detail);
      } else {
        appendString(text, detail);
      }
    }
    return text.toString();
  }

  /** Whether a text can be a Token of RFC 8941, which is stricter and wider than one of HTTP. */
  private static boolean isToken(String text) {
    if (text.isEmpty() || !(FieldSyntax.isLetter(text.charAt(0)) || text.charAt(0) == '*')) {
      return false;
    }
    for (int at = 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (!FieldSyntax.isTokenCharacter(c) && c != ':' && c != '/') {
        return false;
      }
    }
    return true;
  }

  /** A String has printable ASCII only; a line break in it would even end the field. */
  private static void appendString(StringBuilder text, String content) {
    text.append('"');
    for (int at = 0; at < content.length(); at++) {
      char c = content.charAt(at);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c < ' ' || c > '~' ? '?' : c);
    }
    text.append('"');
  }
}
