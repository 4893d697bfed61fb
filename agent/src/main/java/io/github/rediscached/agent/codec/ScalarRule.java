package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
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
import java.time.chrono.ChronoLocalDate;
import java.time.chrono.Chronology;
import java.util.Currency;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/** The JDK's immutable types without children. */
final class ScalarRule extends Rule {

  /** Which one; the order is part of the format. */
  enum Type {
    STRING,
    INTEGER,
    LONG,
    BOOLEAN,
    DOUBLE,
    BIG_DECIMAL,
    LOCAL_DATE,
    LOCAL_DATE_TIME,
    INSTANT,
    UUID,
    FLOAT,
    SHORT,
    BYTE,
    CHARACTER,
    BIG_INTEGER,
    LOCAL_TIME,
    OFFSET_DATE_TIME,
    ZONED_DATE_TIME,
    OFFSET_TIME,
    DURATION,
    PERIOD,
    YEAR,
    YEAR_MONTH,
    MONTH_DAY,
    ZONE_OFFSET,
    ZONE_ID,
    CHRONO_DATE,
    URI,
    URL,
    LOCALE,
    CURRENCY,
    PATTERN,
    CHARSET,
    CLASS,
    MATH_CONTEXT,
    OPTIONAL_INT,
    OPTIONAL_LONG,
    OPTIONAL_DOUBLE,
    FILE,
    PATH,
    INET_ADDRESS,
    STACK_TRACE_ELEMENT
  }

  private static final JdkField PATTERN_FLAGS = new JdkField(Pattern.class, "flags");
  private static final int IPV6_BYTES = 16;

  private final Type scalar;

  ScalarRule(Type scalar) {
    super(Identity.NONE);
    this.scalar = scalar;
  }

  /** A URL has a handler behind it that may be anything. */
  boolean isImmutable() {
    return scalar != Type.URL;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Output out = writer.out;
    switch (scalar) {
      case STRING -> writer.writeText((String) value);
      case INTEGER -> out.writeVarInt((Integer) value, false);
      case LONG -> out.writeVarLong((Long) value, false);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case DOUBLE -> out.writeDouble((Double) value);
      case FLOAT -> out.writeFloat((Float) value);
      case SHORT -> out.writeShort((Short) value);
      case BYTE -> out.writeByte((Byte) value);
      case CHARACTER -> out.writeChar((Character) value);
      case BIG_INTEGER -> writeBigInteger(writer, (BigInteger) value);
      case BIG_DECIMAL -> writeBigDecimal(writer, (BigDecimal) value);
      case MATH_CONTEXT -> writeMathContext(writer, (MathContext) value);
      case OPTIONAL_INT -> writeOptionalInt(out, (OptionalInt) value);
      case OPTIONAL_LONG -> writeOptionalLong(out, (OptionalLong) value);
      case OPTIONAL_DOUBLE -> writeOptionalDouble(out, (OptionalDouble) value);
      case UUID -> writeUuid(out, (UUID) value);
      case LOCAL_DATE,
          LOCAL_TIME,
          LOCAL_DATE_TIME,
          INSTANT,
          OFFSET_DATE_TIME,
          ZONED_DATE_TIME,
          OFFSET_TIME,
          DURATION,
          PERIOD,
          YEAR,
          YEAR_MONTH,
          MONTH_DAY,
          ZONE_OFFSET,
          ZONE_ID ->
          writeTime(writer, value);
      case CHRONO_DATE -> writeChronoDate(writer, (ChronoLocalDate) value);
      case URI -> writeUri(writer, (URI) value);
      case CURRENCY, CHARSET -> writer.writeText(value.toString());
      case URL -> writer.writeText(((URL) value).toExternalForm());
      case LOCALE -> writeLocale(writer, (Locale) value);
      case PATTERN -> writePattern(writer, (Pattern) value);
      case CLASS -> writer.writeClassLiteral((Class<?>) value);
      case FILE -> writer.writeText(((File) value).getPath());
      case PATH -> writePath(writer, (Path) value);
      case INET_ADDRESS -> writeInetAddress(writer, (InetAddress) value);
      case STACK_TRACE_ELEMENT -> writeFrame(writer, (StackTraceElement) value);
    }
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return isImmutable() ? value : super.copy(copier, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Input in = reader.in;
    return switch (scalar) {
      case STRING -> reader.readPresentText();
      case INTEGER -> in.readVarInt(false);
      case LONG -> in.readVarLong(false);
      case BOOLEAN -> in.readBoolean();
      case DOUBLE -> in.readDouble();
      case FLOAT -> in.readFloat();
      case SHORT -> in.readShort();
      case BYTE -> in.readByte();
      case CHARACTER -> in.readChar();
      case BIG_INTEGER -> readBigInteger(reader);
      case BIG_DECIMAL -> readBigDecimal(reader);
      case MATH_CONTEXT ->
          new MathContext(in.readVarInt(true), RoundingMode.valueOf(reader.readPresentText()));
      case OPTIONAL_INT -> in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
      case OPTIONAL_LONG ->
          in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
      case OPTIONAL_DOUBLE ->
          in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
      case UUID -> new UUID(in.readLong(), in.readLong());
      case LOCAL_DATE,
          LOCAL_TIME,
          LOCAL_DATE_TIME,
          INSTANT,
          OFFSET_DATE_TIME,
          ZONED_DATE_TIME,
          OFFSET_TIME,
          DURATION,
          PERIOD,
          YEAR,
          YEAR_MONTH,
          MONTH_DAY,
          ZONE_OFFSET,
          ZONE_ID ->
          readTime(reader);
      case CHRONO_DATE ->
          Chronology.of(reader.readPresentText()).dateEpochDay(in.readVarLong(false));
      case URI -> URI.create(reader.readPresentText());
      case CURRENCY -> Currency.getInstance(reader.readPresentText());
      case CHARSET -> Charset.forName(reader.readPresentText());
      case URL -> readUrl(reader);
      case LOCALE -> readLocale(reader);
      case PATTERN -> Pattern.compile(reader.readPresentText(), in.readVarInt(true));
      case CLASS -> reader.readClassLiteral();
      case FILE -> new File(reader.readPresentText());
      case PATH -> Path.of(reader.readPresentText());
      case INET_ADDRESS -> readInetAddress(reader);
      case STACK_TRACE_ELEMENT -> readFrame(reader);
    };
  }

  private static void writeBigInteger(GraphWriter writer, BigInteger value) {
    byte[] bytes = value.toByteArray();
    writer.writeLength(bytes.length);
    writer.out.writeBytes(bytes);
  }

  private static BigInteger readBigInteger(GraphReader reader) {
    return new BigInteger(reader.in.readBytes(reader.readLength()));
  }

  private static BigDecimal readBigDecimal(GraphReader reader) {
    int length = reader.readLength();
    if (length == 0 || length > Long.BYTES) {
      BigInteger unscaled = new BigInteger(reader.in.readBytes(length));
      return new BigDecimal(unscaled, reader.in.readVarInt(false));
    }
    // Nearly all are so short, and need no BigInteger then.
    long unscaled = reader.in.readByte();
    for (int i = 1; i < length; i++) {
      unscaled = unscaled << Byte.SIZE | (reader.in.readByte() & 0xFF);
    }
    return BigDecimal.valueOf(unscaled, reader.in.readVarInt(false));
  }

  private static void writeBigDecimal(GraphWriter writer, BigDecimal value) {
    writeBigInteger(writer, value.unscaledValue());
    writer.out.writeVarInt(value.scale(), false);
  }

  private static void writeMathContext(GraphWriter writer, MathContext value) {
    writer.out.writeVarInt(value.getPrecision(), true);
    writer.writeText(value.getRoundingMode().name());
  }

  private static void writeOptionalInt(Output out, OptionalInt value) {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      out.writeInt(value.getAsInt());
    }
  }

  private static void writeOptionalLong(Output out, OptionalLong value) {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      out.writeLong(value.getAsLong());
    }
  }

  private static void writeOptionalDouble(Output out, OptionalDouble value) {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      out.writeDouble(value.getAsDouble());
    }
  }

  private static void writeUuid(Output out, UUID value) {
    out.writeLong(value.getMostSignificantBits());
    out.writeLong(value.getLeastSignificantBits());
  }

  private void writeTime(GraphWriter writer, Object value) {
    Output out = writer.out;
    switch (scalar) {
      case LOCAL_DATE -> writeDate(out, (LocalDate) value);
      case LOCAL_TIME -> writeTimeOfDay(out, (LocalTime) value);
      case LOCAL_DATE_TIME -> writeDateTime(out, (LocalDateTime) value);
      case INSTANT -> {
        Instant instant = (Instant) value;
        out.writeVarLong(instant.getEpochSecond(), false);
        out.writeVarInt(instant.getNano(), true);
      }
      case OFFSET_DATE_TIME -> {
        OffsetDateTime time = (OffsetDateTime) value;
        writeDateTime(out, time.toLocalDateTime());
        writeOffset(out, time.getOffset());
      }
      case ZONED_DATE_TIME -> {
        ZonedDateTime time = (ZonedDateTime) value;
        writeDateTime(out, time.toLocalDateTime());
        writeOffset(out, time.getOffset());
        writer.writeText(time.getZone().getId());
      }
      case OFFSET_TIME -> {
        OffsetTime time = (OffsetTime) value;
        writeTimeOfDay(out, time.toLocalTime());
        writeOffset(out, time.getOffset());
      }
      case DURATION -> {
        Duration duration = (Duration) value;
        out.writeVarLong(duration.getSeconds(), false);
        out.writeVarInt(duration.getNano(), true);
      }
      case PERIOD -> {
        Period period = (Period) value;
        out.writeVarInt(period.getYears(), false);
        out.writeVarInt(period.getMonths(), false);
        out.writeVarInt(period.getDays(), false);
      }
      case YEAR -> out.writeVarInt(((Year) value).getValue(), false);
      case YEAR_MONTH -> {
        YearMonth month = (YearMonth) value;
        out.writeVarInt(month.getYear(), false);
        out.writeByte(month.getMonthValue());
      }
      case MONTH_DAY -> {
        MonthDay day = (MonthDay) value;
        out.writeByte(day.getMonthValue());
        out.writeByte(day.getDayOfMonth());
      }
      case ZONE_OFFSET -> writeOffset(out, (ZoneOffset) value);
      case ZONE_ID -> writer.writeText(((ZoneId) value).getId());
      default -> throw new IllegalStateException();
    }
  }

  private Object readTime(GraphReader reader) {
    Input in = reader.in;
    return switch (scalar) {
      case LOCAL_DATE -> readDate(in);
      case LOCAL_TIME -> readTimeOfDay(in);
      case LOCAL_DATE_TIME -> readDateTime(in);
      case INSTANT -> Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true));
      case OFFSET_DATE_TIME -> OffsetDateTime.of(readDateTime(in), readOffset(in));
      case ZONED_DATE_TIME -> readZonedDateTime(reader);
      case OFFSET_TIME -> OffsetTime.of(readTimeOfDay(in), readOffset(in));
      case DURATION -> Duration.ofSeconds(in.readVarLong(false), in.readVarInt(true));
      case PERIOD -> Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false));
      case YEAR -> Year.of(in.readVarInt(false));
      case YEAR_MONTH -> YearMonth.of(in.readVarInt(false), in.readByte());
      case MONTH_DAY -> MonthDay.of(in.readByte(), in.readByte());
      case ZONE_OFFSET -> readOffset(in);
      case ZONE_ID -> ZoneId.of(reader.readPresentText());
      default -> throw new IllegalStateException();
    };
  }

  private static void writeDate(Output out, LocalDate date) {
    out.writeVarInt(date.getYear(), false);
    out.writeByte(date.getMonthValue());
    out.writeByte(date.getDayOfMonth());
  }

  private static LocalDate readDate(Input in) {
    return LocalDate.of(in.readVarInt(false), in.readByte(), in.readByte());
  }

  private static void writeTimeOfDay(Output out, LocalTime time) {
    out.writeVarLong(time.toNanoOfDay(), true);
  }

  private static LocalTime readTimeOfDay(Input in) {
    return LocalTime.ofNanoOfDay(in.readVarLong(true));
  }

  private static void writeDateTime(Output out, LocalDateTime time) {
    writeDate(out, time.toLocalDate());
    writeTimeOfDay(out, time.toLocalTime());
  }

  private static LocalDateTime readDateTime(Input in) {
    return LocalDateTime.of(readDate(in), readTimeOfDay(in));
  }

  private static void writeOffset(Output out, ZoneOffset offset) {
    out.writeVarInt(offset.getTotalSeconds(), false);
  }

  private static ZoneOffset readOffset(Input in) {
    return ZoneOffset.ofTotalSeconds(in.readVarInt(false));
  }

  /** The offset as it was written, even if the zone's rules differ here: still the same instant. */
  private static ZonedDateTime readZonedDateTime(GraphReader reader) {
    LocalDateTime time = readDateTime(reader.in);
    ZoneOffset offset = readOffset(reader.in);
    return ZonedDateTime.ofInstant(time, offset, ZoneId.of(reader.readPresentText()));
  }

  private static void writeChronoDate(GraphWriter writer, ChronoLocalDate date) {
    writer.writeText(date.getChronology().getId());
    writer.out.writeVarLong(date.toEpochDay(), false);
  }

  /** What was made of parts or made relative need not be the URI of its text. */
  private static void writeUri(GraphWriter writer, URI uri) {
    String text = uri.toString();
    boolean same;
    try {
      same = new URI(text).equals(uri);
    } catch (URISyntaxException e) {
      same = false;
    }
    if (!same) {
      throw Refusal.of(URI.class, "which is another one when its text is read", "Return its text.");
    }
    writer.writeText(text);
  }

  private static URL readUrl(GraphReader reader) {
    try {
      return new URL(reader.readPresentText());
    } catch (MalformedURLException e) {
      throw Unreadable.corrupt("A URL can't be read here.");
    }
  }

  private static void writeLocale(GraphWriter writer, Locale locale) {
    String tag = locale.toLanguageTag();
    if (Locale.forLanguageTag(tag).equals(locale)) {
      writer.writeText(tag);
      return;
    }
    if (!legacy(locale.getLanguage(), locale.getCountry(), locale.getVariant()).equals(locale)) {
      throw Refusal.of(
          Locale.class, "which has no language tag", "Return a well-formed locale or its text.");
    }
    writer.writeText(null);
    writer.writeText(locale.getLanguage());
    writer.writeText(locale.getCountry());
    writer.writeText(locale.getVariant());
  }

  private static Locale readLocale(GraphReader reader) {
    String tag = reader.readText();
    return tag != null
        ? Locale.forLanguageTag(tag)
        : legacy(reader.readPresentText(), reader.readPresentText(), reader.readPresentText());
  }

  private static Locale legacy(String language, String country, String variant) {
    return new Locale(language, country, variant);
  }

  /** Not {@link Pattern#flags}, which adds those that stand within the text. */
  private static void writePattern(GraphWriter writer, Pattern pattern) {
    writer.writeText(pattern.pattern());
    Object flags = PATTERN_FLAGS.get(writer.opener(), pattern);
    writer.out.writeVarInt(flags instanceof Integer some ? some : 0, true);
  }

  private static void writePath(GraphWriter writer, Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw Refusal.of(
          path.getClass(),
          "a path in a file system that other processes do not have",
          "Return its text.");
    }
    writer.writeText(path.toString());
  }

  /** The text before the slash is the name as far as it is known; asking for it may look it up. */
  private static void writeInetAddress(GraphWriter writer, InetAddress address) {
    String text = address.toString();
    String name = text.substring(0, text.indexOf('/'));
    byte[] bytes = address.getAddress();
    writer.writeText(name.isEmpty() ? null : name);
    writer.writeLength(bytes.length);
    writer.out.writeBytes(bytes);
    writer.out.writeVarInt(scopeOf(address), false);
  }

  /** -1 for none, as {@link Inet6Address#getByAddress} has it. */
  private static int scopeOf(InetAddress address) {
    return address instanceof Inet6Address six
            && (six.getScopeId() != 0 || six.getHostAddress().indexOf('%') >= 0)
        ? six.getScopeId()
        : -1;
  }

  private static InetAddress readInetAddress(GraphReader reader) {
    String name = reader.readText();
    byte[] bytes = reader.in.readBytes(reader.readLength());
    int scope = reader.in.readVarInt(false);
    try {
      // The general method makes an address of version 4 of a mapped one.
      return bytes.length == IPV6_BYTES
          ? Inet6Address.getByAddress(name, bytes, scope)
          : InetAddress.getByAddress(name, bytes);
    } catch (UnknownHostException e) {
      throw Unreadable.corrupt("An address has a wrong length.");
    }
  }

  private static void writeFrame(GraphWriter writer, StackTraceElement frame) {
    writer.writeText(frame.getClassLoaderName());
    writer.writeText(frame.getModuleName());
    writer.writeText(frame.getModuleVersion());
    writer.writeText(frame.getClassName());
    writer.writeText(frame.getMethodName());
    writer.writeText(frame.getFileName());
    writer.out.writeVarInt(frame.getLineNumber(), false);
  }

  private static StackTraceElement readFrame(GraphReader reader) {
    return new StackTraceElement(
        reader.readText(),
        reader.readText(),
        reader.readText(),
        reader.readPresentText(),
        reader.readPresentText(),
        reader.readText(),
        reader.in.readVarInt(false));
  }
}
