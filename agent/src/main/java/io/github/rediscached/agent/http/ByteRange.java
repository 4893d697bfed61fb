package io.github.rediscached.agent.http;

import org.jspecify.annotations.Nullable;

/**
 * A part of a body that a request's {@code Range} asks for (RFC 9110, 14). The code that answers
 * from a stored response calls it.
 *
 * @param first the position of the first byte
 * @param last that of the last one, which belongs to the range
 */
record ByteRange(long first, long last) {

  /** Stands for a range that begins behind the end of the body: the answer is 416. */
  static final ByteRange UNSATISFIABLE = new ByteRange(-1, -1);

  private static final String UNIT = "bytes=";

  /**
   * Reads the {@code Range} of a request.
   *
   * @param length of the body
   * @return the range; {@link #UNSATISFIABLE}; or null if the field is to be ignored: it is absent
   *     or malformed, has another unit, or asks for several ranges, which a server need not answer
   */
  static @Nullable ByteRange parse(@Nullable String range, long length) {
    if (range == null) {
      return null;
    }
    String field = FieldSyntax.trim(range);
    int dash = field.indexOf('-');
    if (dash < 0 || !field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return null;
    }
    String from = field.substring(UNIT.length(), dash);
    String to = field.substring(dash + 1);
    long last = to.isEmpty() ? Long.MAX_VALUE : FieldSyntax.digits(to);
    if (last < 0) {
      return null;
    }
    if (from.isEmpty()) {
      return to.isEmpty() ? null : suffix(last, length);
    }
    long first = FieldSyntax.digits(from);
    if (first < 0 || first > last) {
      return null;
    }
    return first < length ? new ByteRange(first, Math.min(last, length - 1)) : UNSATISFIABLE;
  }

  private static @Nullable ByteRange suffix(long wanted, long length) {
    if (wanted == 0) {
      return UNSATISFIABLE;
    }
    // The end of an empty body can be had, but Content-Range has no way to say so: answer with 200.
    return length == 0 ? null : new ByteRange(Math.max(0, length - wanted), length - 1);
  }

  /** The {@code Content-Range} of a 206. */
  boolean isUnsatisfiable() {
    return equals(UNSATISFIABLE);
  }

  String contentRange(long length) {
    return "bytes " + first + "-" + last + "/" + length;
  }

  /** The {@code Content-Range} of a 416. */
  static String unsatisfied(long length) {
    return "bytes */" + length;
  }
}
