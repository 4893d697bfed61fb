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
 * How a value of a simple type is written as text, in keys, patterns and tags: different values of
 * one type give different texts, and equal ones the same text on every JVM.
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
  /** Groovy's {@code "... ${x}"}, which its users take for a string. */
  GROOVY_STRING {
    @Override
    public int estimateBytes(Object value) {
      return 32;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      return out.text(value.toString());
    }
  },
  /** With the class, as constants of several enums may have one name. */
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
  BOOLEAN_OR_CHARACTER {
    @Override
    public int estimateBytes(Object value) {
      return 5;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      return out.text(value.toString());
    }
  },
  FLOATING {
    @Override
    public int estimateBytes(Object value) {
      return 24;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      return out.text(text(value));
    }

    @Override
    public String text(Object value) {
      return value instanceof Float number
          ? DecimalText.of(number)
          : DecimalText.of(((Number) value).doubleValue());
    }
  },
  /** Types of java.time, whose own text is unambiguous and the same everywhere. */
  TIME {
    @Override
    public int estimateBytes(Object value) {
      return 32;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      return out.text(value.toString());
    }
  },
  DATE {
    @Override
    public int estimateBytes(Object value) {
      return 32;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      return out.text(text(value));
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // Not our choice: applications have such dates.
    public String text(Object value) {
      return Instant.ofEpochMilli(((Date) value).getTime()).toString();
    }
  },
  BIG_NUMBER {
    @Override
    public int estimateBytes(Object value) {
      return 32;
    }

    @Override
    public boolean write(Object value, EncodedText out) {
      BigInteger digits =
          value instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) value;
      // The text of a huge number takes long to compute and would be too long anyway.
      return digits.bitLength() <= 4 * EncodedText.MAX_TEXT_CHARS && out.text(value.toString());
    }
  };

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

  private static final Set<Class<?>> TIME_TYPES =
      Set.of(
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
  public abstract int estimateBytes(Object value);

  /**
   * Writes the text as it stands in keys.
   *
   * @return false if the value has no readable text; what is written then is of no use
   */
  public abstract boolean write(Object value, EncodedText out);

  /**
   * The text as it is, of whatever length. That of an enum constant is its name alone: in a tag,
   * two that are one only evict too much.
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
    } else if (type == boolean.class
        || type == Boolean.class
        || type == char.class
        || type == Character.class) {
      return BOOLEAN_OR_CHARACTER;
    } else if (type == double.class
        || type == Double.class
        || type == float.class
        || type == Float.class) {
      return FLOATING;
    } else if (TIME_TYPES.contains(type)) {
      return TIME;
    }
    return null;
  }

  /** The form of the value of an expression; null if it has none, so that it needs a digest. */
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
    } else if (value instanceof ZoneId) {
      // ZoneRegion and the like are nowhere public.
      return TIME;
    } else if (value instanceof CharSequence && isGroovyString(type)) {
      return GROOVY_STRING;
    }
    return ofDeclared(type);
  }

  /** Whether instances of a class are texts with values in them. */
  public static boolean isGroovyString(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().equals("groovy.lang.GString")) {
        return true;
      }
    }
    return false;
  }
}
