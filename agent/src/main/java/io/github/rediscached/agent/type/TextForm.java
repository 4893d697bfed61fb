package io.github.rediscached.agent.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a simple type is written as text, in keys, patterns and tags. Different values of
 * one type have different texts, and equal values have the same text on every JVM. Key plans and
 * templates choose a form once for each parameter, or for each value.
 */
public enum TextForm {
  INTEGRAL {
    @Override
    public int estimateBytes(Object value) {
      return EncodedText.lengthOf(((Number) value).longValue());
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      out.number(((Number) value).longValue());
      return true;
    }
  },
  STRING {
    @Override
    public int estimateBytes(Object value) {
      return Math.min(((String) value).length(), EncodedText.MAX_TEXT_CHARS);
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      return out.text((String) value);
    }
  },
  /** With the class, as constants of several enums may have the same name. */
  ENUM {
    @Override
    public int estimateBytes(Object value) {
      Enum<?> constant = (Enum<?>) value;
      return constant.getDeclaringClass().getName().length() + 1 + constant.name().length();
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      Enum<?> constant = (Enum<?>) value;
      if (!out.text(constant.getDeclaringClass().getName())) {
        return false;
      }
      out.raw('.');
      return out.text(constant.name());
    }

    @Override
    public String text(Object value) {
      return ((Enum<?>) value).name();
    }
  },
  UUID_BITS {
    @Override
    public int estimateBytes(Object value) {
      return 36;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      UUID uuid = (UUID) value;
      out.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
      return true;
    }
  },
  FLOATING {
    @Override
    public String text(Object value) {
      return value instanceof Float number
          ? DecimalText.of(number)
          : DecimalText.of(((Number) value).doubleValue());
    }
  },
  DATE {
    @Override
    @SuppressWarnings("JavaUtilDate") // Applications have such dates.
    public String text(Object value) {
      return Instant.ofEpochMilli(((Date) value).getTime()).toString();
    }
  },
  BIG_NUMBER {
    @Override
    public boolean write(Object value, EncodedText out) {
      BigInteger digits =
          value instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) value;
      // The text of a huge number takes long to compute and would be too long anyway.
      return digits.bitLength() <= 4 * EncodedText.MAX_TEXT_CHARS && out.text(value.toString());
    }
  },
  /**
   * Types whose {@code toString} is unambiguous and the same everywhere: booleans, characters, the
   * types of java.time, Groovy's {@code "... ${x}"}.
   */
  PLAIN;

  private static final Set<Class<?>> INTEGRAL_TYPES =
      Set.of(
          byte.class,
          short.class,
          int.class,
          long.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class);

  private static final Set<Class<?>> FLOATING_TYPES =
      Set.of(float.class, double.class, Float.class, Double.class);

  private static final Set<Class<?>> PLAIN_TYPES =
      Set.of(
          boolean.class,
          char.class,
          Boolean.class,
          Character.class,
          Duration.class,
          Instant.class,
          LocalDate.class,
          LocalDateTime.class,
          LocalTime.class,
          MonthDay.class,
          OffsetDateTime.class,
          OffsetTime.class,
          Period.class,
          Year.class,
          YearMonth.class,
          ZoneId.class,
          ZoneOffset.class,
          ZonedDateTime.class);

  /** The number of bytes that {@link #write} probably takes. */
  public int estimateBytes(Object value) {
    return 32;
  }

  /**
   * Writes the text as keys have it.
   *
   * @return false if the value has no readable text; the bytes written until then are useless
   */
  public boolean write(Object value, EncodedText out) {
    return out.text(text(value));
  }

  /**
   * The text without encoding, of any length. For an enum constant it is the name alone: if two
   * constants share a tag, too much is evicted, never too little.
   */
  public String text(Object value) {
    return value.toString();
  }

  /** The form of all values of a declared type; null if its values may need a digest. */
  public static @Nullable TextForm ofDeclared(Class<?> type) {
    if (INTEGRAL_TYPES.contains(type)) {
      return INTEGRAL;
    } else if (type == String.class) {
      return STRING;
    } else if (type.isEnum()) {
      return ENUM;
    } else if (type == UUID.class) {
      return UUID_BITS;
    } else if (FLOATING_TYPES.contains(type)) {
      return FLOATING;
    } else if (PLAIN_TYPES.contains(type)) {
      return PLAIN;
    }
    return null;
  }

  /** The form of the value of an expression; null if it needs a digest. */
  public static @Nullable TextForm ofValue(Object value) {
    Class<?> type = value.getClass();
    if (type == String.class) {
      return STRING;
    } else if (type == Long.class || type == Integer.class) {
      return INTEGRAL;
    } else if (value instanceof Enum) {
      return ENUM;
    } else if (type == BigInteger.class || type == BigDecimal.class) {
      return BIG_NUMBER;
    } else if (type == Date.class) {
      return DATE;
    } else if (value instanceof ZoneId || (value instanceof CharSequence && isGroovyString(type))) {
      // The class of a zone is private to the JDK.
      return PLAIN;
    }
    return ofDeclared(type);
  }

  /** Whether instances of a class are Groovy's texts with values in them. */
  public static boolean isGroovyString(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals("groovy.lang.GString")) {
        return true;
      }
    }
    return false;
  }
}
