package io.github.rediscached.agent.key;

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
 * How a value of a simple type is written as text: different values of one type give different
 * texts, and equal ones the same text on every JVM.
 */
enum TextForm {
  INTEGRAL {
    @Override
    int estimateBytes(Object value) {
      return KeyText.lengthOf(((Number) value).longValue());
    }

    @Override
    boolean write(Object value, KeyText out) {
      out.number(((Number) value).longValue());
      return true;
    }
  },
  STRING {
    @Override
    int estimateBytes(Object value) {
      return Math.min(((String) value).length(), KeyText.MAX_TEXT_CHARS);
    }

    @Override
    boolean write(Object value, KeyText out) {
      return out.text((String) value);
    }
  },
  ENUM {
    @Override
    int estimateBytes(Object value) {
      return ((Enum<?>) value).name().length();
    }

    @Override
    boolean write(Object value, KeyText out) {
      return out.text(((Enum<?>) value).name());
    }
  },
  UUID_BITS {
    @Override
    int estimateBytes(Object value) {
      return 36;
    }

    @Override
    boolean write(Object value, KeyText out) {
      UUID uuid = (UUID) value;
      out.uuid(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
      return true;
    }
  },
  BOOLEAN_OR_CHARACTER {
    @Override
    int estimateBytes(Object value) {
      return 5;
    }

    @Override
    boolean write(Object value, KeyText out) {
      return out.text(value.toString());
    }
  },
  FLOATING {
    @Override
    int estimateBytes(Object value) {
      return 24;
    }

    @Override
    boolean write(Object value, KeyText out) {
      return out.text(
          value instanceof Float number
              ? DecimalText.of(number)
              : DecimalText.of(((Number) value).doubleValue()));
    }
  },
  /** Types of java.time, whose own text is unambiguous and the same everywhere. */
  TIME {
    @Override
    int estimateBytes(Object value) {
      return 32;
    }

    @Override
    boolean write(Object value, KeyText out) {
      return out.text(value.toString());
    }
  },
  DATE {
    @Override
    int estimateBytes(Object value) {
      return 32;
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // Not our choice: applications have such dates.
    boolean write(Object value, KeyText out) {
      return out.text(Instant.ofEpochMilli(((Date) value).getTime()).toString());
    }
  },
  BIG_NUMBER {
    @Override
    int estimateBytes(Object value) {
      return 32;
    }

    @Override
    boolean write(Object value, KeyText out) {
      BigInteger digits =
          value instanceof BigDecimal decimal ? decimal.unscaledValue() : (BigInteger) value;
      // The text of a huge number takes long to compute and would be too long anyway.
      return digits.bitLength() <= 4 * KeyText.MAX_TEXT_CHARS && out.text(value.toString());
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

  /** The number of bytes the text probably takes. */
  abstract int estimateBytes(Object value);

  /**
   * Writes the text.
   *
   * @return false if the value has no readable text; what is written then is of no use
   */
  abstract boolean write(Object value, KeyText out);

  /** The form of all values of a declared type; null if its values may need a digest. */
  static @Nullable TextForm ofDeclared(Class<?> type) {
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

  /** The form of the value of an explicit key; null if it needs a digest. */
  static @Nullable TextForm ofValue(Object value) {
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
      return TIME;
    }
    return ofDeclared(type);
  }
}
