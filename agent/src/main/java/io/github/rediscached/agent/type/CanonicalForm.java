package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.Key;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The bytes of a value in a key, for types of which the bytes in an entry would not do: those must
 * be readable, these must not depend on earlier calls of the object's methods. {@link Scalars}
 * lists one for each such type. It never reads.
 */
final class CanonicalForm extends Serializer<Object> {

  /** The type. */
  enum Type {
    CLASS,
    PATTERN,
    URI,
    LOCALE,
    ADDRESS,
    SOCKET_ADDRESS,
    CALENDAR,
    TIME_ZONE,
    BYTE_BUFFER,
    PUBLIC_KEY,
    CERTIFICATE
  }

  private static final Pattern FLAGS_WITHIN = Pattern.compile("\\(\\?[a-zA-Z]*-?[a-zA-Z]+[:)]");

  private final Type form;

  CanonicalForm(Type form) {
    this.form = form;
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    switch (form) {
      case CLASS -> Text.write(out, ((Class<?>) value).getName());
      case PATTERN -> pattern(out, (Pattern) value);
      case URI -> uri(out, (URI) value);
      case LOCALE -> locale(out, (Locale) value);
      case ADDRESS -> address(out, (InetAddress) value);
      case SOCKET_ADDRESS -> socketAddress(out, (InetSocketAddress) value);
      case CALENDAR -> calendar(out, (Calendar) value);
      case TIME_ZONE -> zone(out, (TimeZone) value);
      case BYTE_BUFFER -> bytes(out, (ByteBuffer) value);
      case PUBLIC_KEY -> key(out, (Key) value);
      case CERTIFICATE -> certificate(out, (X509Certificate) value);
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    throw new UnsupportedOperationException();
  }

  /** The flags do not tell which of them apply to a part of the text only. */
  private static void pattern(Output out, Pattern pattern) {
    String text = pattern.pattern();
    if (FLAGS_WITHIN.matcher(text).find()) {
      throw Refusal.of(Pattern.class, "which has flags in its text", "Return its text.");
    }
    Text.write(out, text);
    out.writeVarInt(pattern.flags(), true);
  }

  /** The path of a relativised URI may read like the scheme of another one. */
  private static void uri(Output out, URI uri) {
    Text.write(out, uri.toString());
    out.writeBoolean(uri.getScheme() == null);
    out.writeBoolean(uri.getRawAuthority() == null);
  }

  /** By its parts: ill-formed locales have no language tag, and some share a text. */
  private static void locale(Output out, Locale locale) {
    Text.write(out, locale.getLanguage());
    Text.write(out, locale.getScript());
    Text.write(out, locale.getCountry());
    Text.write(out, locale.getVariant());
    TreeSet<Character> extensions = new TreeSet<>(locale.getExtensionKeys());
    out.writeVarInt(extensions.size(), true);
    for (Character key : extensions) {
      out.writeChar(key);
      Text.write(out, locale.getExtension(key));
    }
  }

  /** The numbers alone: the object knows its host name only after it was asked for it. */
  private static void address(Output out, InetAddress address) {
    Text.writeBytes(out, address.getAddress());
    out.writeVarInt(address instanceof Inet6Address six ? six.getScopeId() : 0, true);
  }

  private static void socketAddress(Output out, InetSocketAddress address) {
    InetAddress host = address.getAddress();
    out.writeVarInt(address.getPort(), true);
    Text.write(out, host == null ? address.getHostString() : null);
    if (host != null) {
      address(out, host);
    }
  }

  /** Reads a copy, since a calendar changes when it computes its time. */
  @SuppressWarnings("JavaUtilDate") // Applications have such dates.
  private static void calendar(Output out, Calendar original) {
    Calendar calendar = (Calendar) original.clone();
    Text.write(out, calendar.getCalendarType());
    out.writeVarLong(calendar.getTimeInMillis(), false);
    out.writeBoolean(calendar.isLenient());
    out.writeByte(calendar.getFirstDayOfWeek());
    out.writeByte(calendar.getMinimalDaysInFirstWeek());
    if (calendar instanceof GregorianCalendar gregorian) {
      out.writeVarLong(gregorian.getGregorianChange().getTime(), false);
    }
    zone(out, calendar.getTimeZone());
  }

  private static void zone(Output out, TimeZone zone) {
    if (Scalars.of(zone.getClass()) == null) {
      throw Refusal.of(zone.getClass(), "which has rules of its own", "Return the zone's name.");
    }
    Text.write(out, zone.getID());
    out.writeVarInt(zone.getRawOffset(), false);
  }

  /** The remaining bytes, and the byte order. */
  private static void bytes(Output out, ByteBuffer buffer) {
    int length = buffer.remaining();
    out.writeBoolean(buffer.order() == ByteOrder.BIG_ENDIAN);
    ByteBufferSerializer.requireRoom(out, length);
    byte[] bytes = new byte[length];
    buffer.duplicate().get(bytes);
    Text.writeBytes(out, bytes);
  }

  private static void key(Output out, Key key) {
    byte[] bytes = key.getEncoded();
    if (bytes == null) {
      throw noEncoding(key);
    }
    Text.write(out, key.getAlgorithm());
    Text.writeBytes(out, bytes);
  }

  private static void certificate(Output out, X509Certificate certificate) {
    try {
      Text.writeBytes(out, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw noEncoding(certificate);
    }
  }

  private static Refusal noEncoding(Object value) {
    return Refusal.of(value.getClass(), "which has no standard encoding", "Return its parts.");
  }
}
