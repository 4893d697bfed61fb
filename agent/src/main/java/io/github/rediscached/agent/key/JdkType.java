package io.github.rediscached.agent.key;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.time.chrono.ChronoLocalDate;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own value types, each by its explicit rule: no field of a JDK class is ever read by
 * reflection. What has no rule here, and is no collection, can't be part of a key. The names of the
 * constants are part of the format.
 */
enum JdkType implements Encoding {
  BOOLEAN,
  BYTE,
  SHORT,
  CHARACTER,
  FLOAT,
  DOUBLE,
  CLASS,
  BIG_INTEGER,
  BIG_DECIMAL,
  MATH_CONTEXT,
  STRING_BUILDER,
  UUID_BITS,
  URI_TEXT,
  URL_TEXT,
  LOCALE,
  CURRENCY,
  PATTERN,
  CHARSET,
  BIT_SET,
  DATE,
  SQL_DATE,
  SQL_TIME,
  SQL_TIMESTAMP,
  CALENDAR,
  TIME_ZONE,
  INSTANT,
  DURATION,
  PERIOD,
  LOCAL_DATE,
  LOCAL_TIME,
  LOCAL_DATE_TIME,
  OFFSET_TIME,
  OFFSET_DATE_TIME,
  ZONED_DATE_TIME,
  YEAR,
  YEAR_MONTH,
  MONTH_DAY,
  ZONE,
  CHRONO_DATE,
  OPTIONAL,
  OPTIONAL_INT,
  OPTIONAL_LONG,
  OPTIONAL_DOUBLE,
  ENTRY,
  ATOMIC_BOOLEAN,
  ATOMIC_INTEGER,
  ATOMIC_LONG,
  ATOMIC_REFERENCE,
  ATOMIC_INTEGER_ARRAY,
  ATOMIC_LONG_ARRAY,
  ATOMIC_REFERENCE_ARRAY,
  PROPERTIES,
  FILE,
  PATH;

  private static final Pattern FLAGS_WITHIN = Pattern.compile("\\(\\?[a-zA-Z]*-?[a-zA-Z]+[:)]");

  /** By name rather than by class: a modular run-time image may lack java.sql. */
  private static final Map<String, JdkType> BY_CLASS_NAME =
      Map.ofEntries(
          Map.entry("java.lang.Boolean", BOOLEAN),
          Map.entry("java.lang.Byte", BYTE),
          Map.entry("java.lang.Short", SHORT),
          Map.entry("java.lang.Character", CHARACTER),
          Map.entry("java.lang.Float", FLOAT),
          Map.entry("java.lang.Double", DOUBLE),
          Map.entry("java.lang.Class", CLASS),
          Map.entry("java.math.BigInteger", BIG_INTEGER),
          Map.entry("java.math.BigDecimal", BIG_DECIMAL),
          Map.entry("java.math.MathContext", MATH_CONTEXT),
          Map.entry("java.lang.StringBuilder", STRING_BUILDER),
          Map.entry("java.lang.StringBuffer", STRING_BUILDER),
          Map.entry("java.util.UUID", UUID_BITS),
          Map.entry("java.net.URI", URI_TEXT),
          Map.entry("java.net.URL", URL_TEXT),
          Map.entry("java.util.Locale", LOCALE),
          Map.entry("java.util.Currency", CURRENCY),
          Map.entry("java.util.regex.Pattern", PATTERN),
          Map.entry("java.util.BitSet", BIT_SET),
          Map.entry("java.util.Date", DATE),
          Map.entry("java.sql.Date", SQL_DATE),
          Map.entry("java.sql.Time", SQL_TIME),
          Map.entry("java.sql.Timestamp", SQL_TIMESTAMP),
          Map.entry("java.time.Instant", INSTANT),
          Map.entry("java.time.Duration", DURATION),
          Map.entry("java.time.Period", PERIOD),
          Map.entry("java.time.LocalDate", LOCAL_DATE),
          Map.entry("java.time.LocalTime", LOCAL_TIME),
          Map.entry("java.time.LocalDateTime", LOCAL_DATE_TIME),
          Map.entry("java.time.OffsetTime", OFFSET_TIME),
          Map.entry("java.time.OffsetDateTime", OFFSET_DATE_TIME),
          Map.entry("java.time.ZonedDateTime", ZONED_DATE_TIME),
          Map.entry("java.time.Year", YEAR),
          Map.entry("java.time.YearMonth", YEAR_MONTH),
          Map.entry("java.time.MonthDay", MONTH_DAY),
          Map.entry("java.util.Optional", OPTIONAL),
          Map.entry("java.util.OptionalInt", OPTIONAL_INT),
          Map.entry("java.util.OptionalLong", OPTIONAL_LONG),
          Map.entry("java.util.OptionalDouble", OPTIONAL_DOUBLE),
          Map.entry("java.util.concurrent.atomic.AtomicBoolean", ATOMIC_BOOLEAN),
          Map.entry("java.util.concurrent.atomic.AtomicInteger", ATOMIC_INTEGER),
          Map.entry("java.util.concurrent.atomic.AtomicLong", ATOMIC_LONG),
          Map.entry("java.util.concurrent.atomic.AtomicReference", ATOMIC_REFERENCE),
          Map.entry("java.util.concurrent.atomic.AtomicIntegerArray", ATOMIC_INTEGER_ARRAY),
          Map.entry("java.util.concurrent.atomic.AtomicLongArray", ATOMIC_LONG_ARRAY),
          Map.entry("java.util.concurrent.atomic.AtomicReferenceArray", ATOMIC_REFERENCE_ARRAY),
          Map.entry("java.util.Properties", PROPERTIES),
          Map.entry("java.io.File", FILE));

  /** The rule of a class of the JDK; null if there is none. */
  static @Nullable JdkType of(Class<?> type) {
    JdkType exact = BY_CLASS_NAME.get(type.getName());
    if (exact != null) {
      return exact;
    } else if (Charset.class.isAssignableFrom(type)) {
      return CHARSET;
    } else if (ZoneId.class.isAssignableFrom(type)) {
      return ZONE;
    } else if (Path.class.isAssignableFrom(type)) {
      return PATH;
    } else if (Map.Entry.class.isAssignableFrom(type)) {
      return ENTRY;
    } else if (Calendar.class.isAssignableFrom(type)) {
      return CALENDAR;
    } else if (type.getName().equals("sun.util.calendar.ZoneInfo")) {
      return TIME_ZONE;
    } else if (ChronoLocalDate.class.isAssignableFrom(type)) {
      return CHRONO_DATE;
    }
    return null;
  }

  @Override
  public void write(Object value, CanonicalBytes out) throws UnkeyableException {
    switch (this) {
      case BOOLEAN -> {
        out.tag(Tag.BOOLEAN);
        out.bool((Boolean) value);
      }
      case BYTE -> {
        out.tag(Tag.BYTE);
        out.tag((Byte) value);
      }
      case SHORT -> {
        out.tag(Tag.SHORT);
        out.int16((Short) value);
      }
      case CHARACTER -> {
        out.tag(Tag.CHARACTER);
        out.int16((Character) value);
      }
      case FLOAT -> {
        out.tag(Tag.FLOAT);
        out.float32((Float) value);
      }
      case DOUBLE -> {
        out.tag(Tag.DOUBLE);
        out.float64((Double) value);
      }
      default -> {
        out.tag(Tag.JDK);
        out.text(name());
        writeContent(value, out);
      }
    }
  }

  @SuppressWarnings("JavaUtilDate") // Not our choice: applications have such dates.
  private void writeContent(Object value, CanonicalBytes out) throws UnkeyableException {
    switch (this) {
      case CLASS -> out.text(((Class<?>) value).getName());
      case BIG_INTEGER -> out.bytes(((BigInteger) value).toByteArray());
      case BIG_DECIMAL -> {
        BigDecimal decimal = (BigDecimal) value;
        out.int32(decimal.scale());
        out.bytes(decimal.unscaledValue().toByteArray());
      }
      case UUID_BITS -> {
        UUID uuid = (UUID) value;
        out.int64(uuid.getMostSignificantBits());
        out.int64(uuid.getLeastSignificantBits());
      }
      case URL_TEXT -> out.text(((URL) value).toExternalForm());
      case LOCALE -> locale((Locale) value, out);
      case CURRENCY -> out.text(((Currency) value).getCurrencyCode());
      case PATTERN -> pattern((Pattern) value, out);
      case URI_TEXT -> uri((URI) value, out);
      case CHARSET -> out.text(((Charset) value).name());
      case BIT_SET -> out.value(((BitSet) value).toLongArray());
      case DATE, SQL_DATE, SQL_TIME -> out.int64(((Date) value).getTime());
      case SQL_TIMESTAMP -> {
        out.int64(((Timestamp) value).getTime());
        out.int32(((Timestamp) value).getNanos());
      }
      case CALENDAR -> calendar((Calendar) value, out);
      case TIME_ZONE -> zone((TimeZone) value, out);
      case CHRONO_DATE -> {
        ChronoLocalDate date = (ChronoLocalDate) value;
        out.text(date.getChronology().getId());
        out.int64(date.toEpochDay());
      }
      case FILE -> out.text(((File) value).getPath());
      case PATH -> path((Path) value, out);
      case ATOMIC_BOOLEAN -> out.bool(((AtomicBoolean) value).get());
      case ATOMIC_INTEGER -> out.int32(((AtomicInteger) value).get());
      case ATOMIC_LONG -> out.int64(((AtomicLong) value).get());
      case OPTIONAL_INT -> {
        out.bool(((OptionalInt) value).isPresent());
        out.int32(((OptionalInt) value).orElse(0));
      }
      case OPTIONAL_LONG -> {
        out.bool(((OptionalLong) value).isPresent());
        out.int64(((OptionalLong) value).orElse(0));
      }
      case OPTIONAL_DOUBLE -> {
        out.bool(((OptionalDouble) value).isPresent());
        out.float64(((OptionalDouble) value).orElse(0));
      }
      case ATOMIC_INTEGER_ARRAY,
          ATOMIC_LONG_ARRAY,
          ATOMIC_REFERENCE_ARRAY,
          OPTIONAL,
          ATOMIC_REFERENCE,
          ENTRY,
          PROPERTIES -> {
        out.enter(value);
        writeParts(value, out);
        out.leave();
      }
      default -> out.text(value.toString());
    }
  }

  private void writeParts(Object value, CanonicalBytes out) throws UnkeyableException {
    out.part("{value}");
    switch (this) {
      case OPTIONAL -> out.value(((Optional<?>) value).orElse(null));
      case ATOMIC_REFERENCE -> out.value(((AtomicReference<?>) value).get());
      case ATOMIC_INTEGER_ARRAY -> {
        AtomicIntegerArray array = (AtomicIntegerArray) value;
        out.count(array.length());
        for (int i = 0; i < array.length(); i++) {
          out.int32(array.get(i));
        }
      }
      case ATOMIC_LONG_ARRAY -> {
        AtomicLongArray array = (AtomicLongArray) value;
        out.count(array.length());
        for (int i = 0; i < array.length(); i++) {
          out.int64(array.get(i));
        }
      }
      case ATOMIC_REFERENCE_ARRAY -> {
        AtomicReferenceArray<?> array = (AtomicReferenceArray<?>) value;
        out.count(array.length());
        for (int i = 0; i < array.length(); i++) {
          out.part(i);
          out.value(array.get(i));
        }
      }
      case ENTRY -> {
        out.value(((Map.Entry<?, ?>) value).getValue());
        out.part("{key}");
        out.value(((Map.Entry<?, ?>) value).getKey());
      }
      default -> properties((Properties) value, out);
    }
  }

  /** The own entries, and all that {@code getProperty} finds: the defaults are no entries. */
  private static void properties(Properties properties, CanonicalBytes out)
      throws UnkeyableException {
    CollectionEncoding.MAP.write(properties.clone(), out);
    TreeSet<String> names = new TreeSet<>(properties.stringPropertyNames());
    out.count(names.size());
    for (String name : names) {
      out.text(name);
      out.value(properties.getProperty(name));
    }
  }

  /** From its flags nobody can tell which of them stand within the text, for a part of it only. */
  private static void pattern(Pattern pattern, CanonicalBytes out) throws UnkeyableException {
    String text = pattern.pattern();
    if (FLAGS_WITHIN.matcher(text).find()) {
      throw out.unkeyable("is a pattern with flags in its text");
    }
    out.text(text);
    out.int32(pattern.flags());
  }

  /** What was made relative may have a path with the text of another one's scheme. */
  private static void uri(URI uri, CanonicalBytes out) throws UnkeyableException {
    out.text(uri.toString());
    out.bool(uri.getScheme() == null);
    out.bool(uri.getRawAuthority() == null);
  }

  /** Not {@link Locale#toString}, which some different locales share. */
  private static void locale(Locale locale, CanonicalBytes out) throws UnkeyableException {
    out.text(locale.getLanguage());
    out.text(locale.getScript());
    out.text(locale.getCountry());
    out.text(locale.getVariant());
    TreeSet<Character> extensions = new TreeSet<>(locale.getExtensionKeys());
    out.count(extensions.size());
    for (Character key : extensions) {
      out.int16(key);
      String extension = locale.getExtension(key);
      out.text(extension == null ? "" : extension);
    }
  }

  /** Reads a copy: asking a calendar for its time settles fields that were set before. */
  @SuppressWarnings("JavaUtilDate") // As above.
  private static void calendar(Calendar original, CanonicalBytes out) throws UnkeyableException {
    Calendar calendar = (Calendar) original.clone();
    out.text(calendar.getCalendarType());
    out.int64(calendar.getTimeInMillis());
    out.bool(calendar.isLenient());
    out.int32(calendar.getFirstDayOfWeek());
    out.int32(calendar.getMinimalDaysInFirstWeek());
    if (calendar instanceof GregorianCalendar gregorian) {
      out.int64(gregorian.getGregorianChange().getTime());
    }
    out.value(calendar.getTimeZone());
  }

  private static void zone(TimeZone zone, CanonicalBytes out) throws UnkeyableException {
    out.text(zone.getID());
    out.int32(zone.getRawOffset());
  }

  /** Paths of other file systems than the default one name nothing on another JVM. */
  private static void path(Path path, CanonicalBytes out) throws UnkeyableException {
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      throw out.unkeyable("is a path outside the default file system");
    }
    out.text(path.toString());
  }
}
