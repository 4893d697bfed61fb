package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.serializers.TimeSerializers;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
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
import java.time.chrono.HijrahDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.MinguoDate;
import java.time.chrono.ThaiBuddhistDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's types without children, each with the one serializer that writes it: Kryo's own where
 * it is faithful and reads no more than there is, else ours. All of them need no {@code Kryo} and
 * write equal values with equal bytes on every JVM, so values and keys share them.
 */
public final class Scalars {

  /**
   * One of the types.
   *
   * @param types the classes that it is for, the one that stands for all first
   */
  public record Scalar(Serializer<Object> serializer, List<Class<?>> types) {

    /** The class that stands for all of its classes. */
    public Class<?> type() {
      return types.get(0);
    }
  }

  private static final List<Scalar> ALL = new ArrayList<>();
  private static final Map<Class<?>, Scalar> BY_CLASS = new HashMap<>();

  static {
    add(new TextualSerializer<String>(text -> text, text -> text), String.class);
    add(new DefaultSerializers.IntSerializer(), Integer.class);
    add(new DefaultSerializers.LongSerializer(), Long.class);
    add(new DefaultSerializers.BooleanSerializer(), Boolean.class);
    add(new DefaultSerializers.DoubleSerializer(), Double.class);
    add(new NumberSerializers.OfBigDecimal(), BigDecimal.class);
    add(new TimeSerializers.LocalDateSerializer(), LocalDate.class);
    add(new TimeSerializers.LocalDateTimeSerializer(), LocalDateTime.class);
    add(new TimeSerializers.InstantSerializer(), Instant.class);
    add(new DefaultSerializers.UUIDSerializer(), UUID.class);
    add(new DefaultSerializers.FloatSerializer(), Float.class);
    add(new DefaultSerializers.ShortSerializer(), Short.class);
    add(new DefaultSerializers.ByteSerializer(), Byte.class);
    add(new DefaultSerializers.CharSerializer(), Character.class);
    add(new NumberSerializers.OfBigInteger(), BigInteger.class);
    add(new TimeSerializers.LocalTimeSerializer(), LocalTime.class);
    add(new TimeSerializers.OffsetDateTimeSerializer(), OffsetDateTime.class);
    add(new DateSerializers.OfZonedDateTime(), ZonedDateTime.class);
    add(new TimeSerializers.OffsetTimeSerializer(), OffsetTime.class);
    add(new TimeSerializers.DurationSerializer(), Duration.class);
    add(new TimeSerializers.PeriodSerializer(), Period.class);
    add(new TimeSerializers.YearSerializer(), Year.class);
    add(new TimeSerializers.YearMonthSerializer(), YearMonth.class);
    add(new TimeSerializers.MonthDaySerializer(), MonthDay.class);
    add(new TimeSerializers.ZoneOffsetSerializer(), ZoneOffset.class);
    add(new TextualSerializer<ZoneId>(ZoneId::getId, ZoneId::of), ZoneId.class);
    add(
        new DateSerializers.OfChronoDate(),
        ChronoLocalDate.class,
        HijrahDate.class,
        JapaneseDate.class,
        MinguoDate.class,
        ThaiBuddhistDate.class);
    add(new TextualSerializer<URI>(NetSerializers::textOf, URI::create), URI.class);
    add(
        new TextualSerializer<URL>(URL::toExternalForm, NetSerializers::urlOf).mutable(),
        URL.class);
    add(new LocaleSerializer(), Locale.class);
    add(
        new TextualSerializer<Currency>(Currency::getCurrencyCode, Currency::getInstance),
        Currency.class);
    add(new TextualSerializer<Charset>(Charset::name, KnownCharsets::named), Charset.class);
    add(new NumberSerializers.OfMathContext(), MathContext.class);
    add(new OptionalSerializers.OptionalIntSerializer(), OptionalInt.class);
    add(new OptionalSerializers.OptionalLongSerializer(), OptionalLong.class);
    add(new OptionalSerializers.OptionalDoubleSerializer(), OptionalDouble.class);
    add(new TextualSerializer<File>(File::getPath, File::new), File.class);
    add(new TextualSerializer<Path>(Scalars::textOf, Path::of), Path.class);
    add(
        new NetSerializers.OfInetAddress(),
        InetAddress.class,
        Inet4Address.class,
        Inet6Address.class);
    add(new NetSerializers.OfInetSocketAddress(), InetSocketAddress.class);
  }

  private Scalars() {}

  /** All of them, in an order that is part of the format of entries. */
  public static List<Scalar> all() {
    return ALL;
  }

  /** The one for objects of this class; null if it is another type. */
  public static @Nullable Scalar of(Class<?> type) {
    Scalar known = BY_CLASS.get(type);
    if (known != null || !Jdk.owns(type)) {
      return known;
    }
    // The JDK's private classes.
    if (Charset.class.isAssignableFrom(type)) {
      return BY_CLASS.get(Charset.class);
    }
    if (Path.class.isAssignableFrom(type)) {
      return BY_CLASS.get(Path.class);
    }
    return ZoneId.class.isAssignableFrom(type) ? BY_CLASS.get(ZoneId.class) : null;
  }

  @SuppressWarnings("unchecked") // Each is called with values of its classes only.
  private static void add(Serializer<?> serializer, Class<?>... types) {
    Scalar scalar = new Scalar((Serializer<Object>) serializer, List.of(types));
    ALL.add(scalar);
    for (Class<?> type : types) {
      BY_CLASS.put(type, scalar);
    }
  }

  private static String textOf(Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw Refusal.of(
          path.getClass(),
          "a path in a file system that other processes do not have",
          "Return its text.");
    }
    return path.toString();
  }
}
