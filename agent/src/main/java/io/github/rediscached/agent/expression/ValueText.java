package io.github.rediscached.agent.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Values as text in a tag or a pattern: that of a key, and so the same on every JVM and for an int
 * and a long.
 */
final class ValueText {

  /** As in the keys of entries. */
  static final int MAX_CHARS_IN_KEYS = 128;

  private static final double MAX_EXACT = 1L << 53;
  private static final int MILLIONTHS = 6;
  private static final String SAFE_IN_KEYS = "!$&()+-./:;<=>@^_|";

  private ValueText() {}

  /** The text; null if the value is of a type that has none. */
  static @Nullable String of(Object value) {
    if (value instanceof CharSequence
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof BigInteger
        || value instanceof BigDecimal
        || value instanceof UUID) {
      return value.toString();
    } else if (value instanceof Enum<?> constant) {
      return constant.name();
    } else if (value instanceof Double number) {
      return decimal(number, false);
    } else if (value instanceof Float number) {
      return decimal(number, true);
    } else if (value instanceof Date date) {
      return instant(date);
    }
    // ZoneRegion and the like are nowhere public.
    return value.getClass().getPackageName().equals("java.time") ? value.toString() : null;
  }

  /** Whether it stands as text in a key: long text, and such as has no UTF-8, gives a digest. */
  static boolean isReadableInKeys(String text) {
    return text.length() <= MAX_CHARS_IN_KEYS
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** As it stands in a key; so a pattern means it literally, whatever it contains. */
  static String inKeys(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      boolean letterOrDigit =
          (unit >= '0' && unit <= '9')
              || (unit >= 'A' && unit <= 'Z')
              || (unit >= 'a' && unit <= 'z');
      if (letterOrDigit || SAFE_IN_KEYS.indexOf(unit) >= 0) {
        encoded.append((char) unit);
      } else {
        encoded.append('%').append(hex(unit >> 4)).append(hex(unit));
      }
    }
    return encoded.toString();
  }

  private static char hex(int bits) {
    return Character.toUpperCase(Character.forDigit(bits & 0xf, 16));
  }

  @SuppressWarnings("JavaUtilDate") // Not our choice: applications have such dates.
  private static @Nullable String instant(Date date) {
    // Those of java.sql are dates or times only.
    return date.getClass() == Date.class ? date.toInstant().toString() : null;
  }

  /** Not {@link Double#toString}, which is another one from JDK 19 on. */
  private static String decimal(double value, boolean isFloat) {
    boolean negativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
    double millionths = Math.rint(value * 1_000_000);
    double rounded = millionths / 1_000_000;
    if (negativeZero) {
      return "-0.0";
    } else if (Math.abs(value) < MAX_EXACT && value == Math.rint(value)) {
      return (long) value + ".0";
    } else if (Math.abs(millionths) < MAX_EXACT
        && (isFloat ? (float) rounded == (float) value : rounded == value)
        && value != 0) {
      BigDecimal decimal = BigDecimal.valueOf((long) millionths, MILLIONTHS).stripTrailingZeros();
      return decimal.setScale(Math.max(1, decimal.scale())).toPlainString();
    }
    return Double.toHexString(value);
  }
}
