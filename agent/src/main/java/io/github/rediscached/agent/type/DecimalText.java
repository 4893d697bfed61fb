package io.github.rediscached.agent.type;

/**
 * Floating point numbers as text, for {@link TextForm}. {@link Double#toString} can't be used in
 * keys, since it writes some numbers differently from JDK 19 on. Numbers of up to six decimals are
 * written as decimals, all others exactly, in hexadecimal.
 */
final class DecimalText {

  private static final double MAX_EXACT = 1L << 53;
  private static final long MILLION = 1_000_000;

  private DecimalText() {}

  static String of(double value) {
    if (Math.abs(value) < MAX_EXACT && value == Math.rint(value) && !isNegativeZero(value)) {
      return (long) value + ".0";
    }
    double millionths = Math.rint(value * MILLION);
    if (Math.abs(millionths) < MAX_EXACT && millionths / MILLION == value && value != 0) {
      return decimal((long) millionths);
    }
    return isNegativeZero(value) ? "-0.0" : Double.toHexString(value);
  }

  static String of(float value) {
    double millionths = Math.rint((double) value * MILLION);
    if (Math.abs(millionths) < MAX_EXACT && (float) (millionths / MILLION) == value && value != 0) {
      return decimal((long) millionths);
    }
    return of((double) value);
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0;
  }

  private static String decimal(long millionths) {
    long magnitude = Math.abs(millionths);
    StringBuilder text = new StringBuilder(24);
    if (millionths < 0) {
      text.append('-');
    }
    text.append(magnitude / MILLION).append('.');
    long rest = magnitude % MILLION;
    long unit = MILLION / 10;
    do {
      text.append((char) ('0' + rest / unit));
      rest %= unit;
      unit /= 10;
    } while (rest != 0);
    return text.toString();
  }
}
