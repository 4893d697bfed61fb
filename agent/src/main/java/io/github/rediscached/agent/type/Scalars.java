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
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
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
import java.util.Calendar;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's types without children, described once for values and keys, each with its serializer.
 * It is Kryo's own where that restores all of the value and trusts no length in the bytes, else one
 * of this package. None needs a {@code Kryo}, and all write equal values with equal bytes on every
 * JVM. A type whose key must differ from its value has a {@link CanonicalForm} as well.
 */
public final class Scalars {

  /**
   * One of the types.
   *
   * @param serializer for values
   * @param canonical for keys; only writes
   * @param hasIdentity whether it makes a difference that a value refers to one object twice, since
   *     the object can be changed
   * @param types the classes of the type, first the one that stands for all
   */
  public record Scalar(
      Serializer<Object> serializer,
      Serializer<Object> canonical,
      boolean hasIdentity,
      List<Class<?>> types) {

    /** The class that stands for all of its classes. */
    public Class<?> type() {
      return types.get(0);
    }
  }

  /**
   * How a key writes a type.
   *
   * @param type the class that stands for all of its classes
   * @param serializer only writes
   */
  public record Canonical(Class<?> type, Serializer<Object> serializer) {}

  private static final List<Scalar> ALL = new ArrayList<>();
  private static final Map<Class<?>, Scalar> BY_CLASS = new HashMap<>();

  /** The superclasses of private classes of the JDK. */
  private static final List<Class<?>> BASES =
      new ArrayList<>(List.of(Charset.class, Path.class, ZoneId.class));

  /** The codec has its own serializers for these, which need more than a stream. */
  private static final Map<Class<?>, Canonical> KEYS_ONLY = new HashMap<>();

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
    add(
        new TextualSerializer<URI>(NetSerializers::textOf, URI::create),
        new CanonicalForm(CanonicalForm.Type.URI),
        URI.class);
    add(
        new TextualSerializer<URL>(URL::toExternalForm, NetSerializers::urlOf).mutable(),
        URL.class);
    add(new LocaleSerializer(), new CanonicalForm(CanonicalForm.Type.LOCALE), Locale.class);
    add(
        new TextualSerializer<Currency>(Currency::getCurrencyCode, Currency::getInstance),
        Currency.class);
    add(new TextualSerializer<Charset>(Charset::name, Scalars::charset), Charset.class);
    add(new NumberSerializers.OfMathContext(), MathContext.class);
    add(new OptionalSerializers.OptionalIntSerializer(), OptionalInt.class);
    add(new OptionalSerializers.OptionalLongSerializer(), OptionalLong.class);
    add(new OptionalSerializers.OptionalDoubleSerializer(), OptionalDouble.class);
    add(new TextualSerializer<File>(File::getPath, File::new), File.class);
    add(new TextualSerializer<Path>(Scalars::textOf, Path::of), Path.class);
    add(
        new NetSerializers.OfInetAddress(),
        new CanonicalForm(CanonicalForm.Type.ADDRESS),
        InetAddress.class,
        Inet4Address.class,
        Inet6Address.class);
    add(
        new NetSerializers.OfInetSocketAddress(),
        new CanonicalForm(CanonicalForm.Type.SOCKET_ADDRESS),
        InetSocketAddress.class);
    addMutables();
    addOfOtherModules();
    addForKeys(Class.class, CanonicalForm.Type.CLASS);
    addForKeys(Pattern.class, CanonicalForm.Type.PATTERN);
    addForKeys(Calendar.class, CanonicalForm.Type.CALENDAR);
    addForKeys(PublicKey.class, CanonicalForm.Type.PUBLIC_KEY);
    addForKeys(X509Certificate.class, CanonicalForm.Type.CERTIFICATE);
  }

  private Scalars() {}

  /** All types, in an order that is part of the format of entries. */
  public static List<Scalar> all() {
    return ALL;
  }

  /** The types that are described for keys only. */
  public static Set<Class<?>> keysOnly() {
    return KEYS_ONLY.keySet();
  }

  /** The type of a class; null if it is none of these. */
  public static @Nullable Scalar of(Class<?> type) {
    Scalar known = BY_CLASS.get(type);
    if (known != null || !Jdk.owns(type)) {
      return known;
    }
    // Private classes of the JDK.
    if (type.getName().equals("sun.util.calendar.ZoneInfo")) {
      return BY_CLASS.get(TimeZone.class);
    }
    for (Class<?> base : BASES) {
      if (base.isAssignableFrom(type)) {
        return BY_CLASS.get(base);
      }
    }
    return null;
  }

  /** How keys write objects of a class; null if it is none of these types. */
  public static @Nullable Canonical canonicalOf(Class<?> type) {
    Scalar scalar = of(type);
    if (scalar != null) {
      return new Canonical(scalar.type(), scalar.canonical());
    }
    Canonical known = KEYS_ONLY.get(type);
    if (known != null || !Jdk.owns(type)) {
      return known;
    }
    if (Calendar.class.isAssignableFrom(type)) {
      return KEYS_ONLY.get(Calendar.class);
    }
    if (PublicKey.class.isAssignableFrom(type) && !PrivateKey.class.isAssignableFrom(type)) {
      return KEYS_ONLY.get(PublicKey.class);
    }
    return X509Certificate.class.isAssignableFrom(type)
        ? KEYS_ONLY.get(X509Certificate.class)
        : null;
  }

  private static void addMutables() {
    for (PrimitiveArraySerializer.Type type : PrimitiveArraySerializer.Type.values()) {
      addMutable(new PrimitiveArraySerializer(type), null, type.array);
    }
    for (MutableSerializer.Type type : MutableSerializer.Type.values()) {
      CanonicalForm.@Nullable Type form =
          switch (type) {
            case CALENDAR -> CanonicalForm.Type.CALENDAR;
            case TIME_ZONE -> CanonicalForm.Type.TIME_ZONE;
            default -> null;
          };
      addMutable(new MutableSerializer(type), form, type.type);
    }
    addMutable(new ByteBufferSerializer(), CanonicalForm.Type.BYTE_BUFFER, ByteBuffer.class);
    BASES.add(ByteBuffer.class);
  }

  /** A JVM may lack the modules java.sql and java.xml. */
  private static void addOfOtherModules() {
    for (SqlSerializer.Type type : SqlSerializer.Type.values()) {
      Class<?> present = present(type.className);
      if (present != null) {
        addMutable(new SqlSerializer(type), null, present);
      }
    }
    for (XmlSerializer.Type type : XmlSerializer.Type.values()) {
      Class<?> present = present(type.className);
      if (present != null) {
        if (type == XmlSerializer.Type.CALENDAR) {
          addMutable(new XmlSerializer(type), null, present);
        } else {
          add(new XmlSerializer(type), present);
        }
        BASES.add(present);
      }
    }
  }

  private static @Nullable Class<?> present(String name) {
    try {
      return Class.forName(name, false, ClassLoader.getPlatformClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static void add(Serializer<?> serializer, Class<?>... types) {
    add(serializer, serializer, false, types);
  }

  private static void add(Serializer<?> serializer, CanonicalForm canonical, Class<?>... types) {
    add(serializer, canonical, false, types);
  }

  private static void addMutable(
      Serializer<?> serializer, CanonicalForm.@Nullable Type form, Class<?> type) {
    add(serializer, form == null ? serializer : new CanonicalForm(form), true, type);
  }

  @SuppressWarnings("unchecked") // Each is called with values of its classes only.
  private static void add(
      Serializer<?> serializer, Serializer<?> canonical, boolean hasIdentity, Class<?>... types) {
    Scalar scalar =
        new Scalar(
            (Serializer<Object>) serializer,
            (Serializer<Object>) canonical,
            hasIdentity,
            List.of(types));
    ALL.add(scalar);
    for (Class<?> type : types) {
      BY_CLASS.put(type, scalar);
    }
  }

  private static void addForKeys(Class<?> type, CanonicalForm.Type form) {
    KEYS_ONLY.put(type, new Canonical(type, new CanonicalForm(form)));
  }

  /** Not by {@code Charset.forName}, which searches all jars for a provider of an unknown name. */
  private static final class KnownCharsets {
    static final Map<String, Charset> BY_NAME = Charset.availableCharsets();
  }

  private static Charset charset(String name) {
    Charset charset = KnownCharsets.BY_NAME.get(name);
    if (charset == null) {
      throw new IllegalArgumentException("There is no such character set.");
    }
    return charset;
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
