package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.math.BigDecimal;
import java.math.BigInteger;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** The values of java.xml. {@link Scalars} uses it only in a JVM that has the module. */
final class XmlSerializer extends Serializer<Object> {

  /** The type. */
  enum Type {
    CALENDAR("javax.xml.datatype.XMLGregorianCalendar"),
    DURATION("javax.xml.datatype.Duration"),
    NAME("javax.xml.namespace.QName");

    final String className;

    Type(String className) {
      this.className = className;
    }
  }

  private final NumberSerializers.OfBigInteger years = new NumberSerializers.OfBigInteger();
  private final NumberSerializers.OfBigDecimal fractions = new NumberSerializers.OfBigDecimal();
  private final Type xmlType;

  XmlSerializer(Type xmlType) {
    this.xmlType = xmlType;
    setImmutable(xmlType != Type.CALENDAR);
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    switch (xmlType) {
      case CALENDAR -> writeCalendar(kryo, out, (XMLGregorianCalendar) value);
      case DURATION -> Text.write(out, value.toString());
      case NAME -> {
        QName name = (QName) value;
        Text.write(out, name.getNamespaceURI());
        Text.write(out, name.getLocalPart());
        Text.write(out, name.getPrefix());
      }
    }
  }

  /** By its parts, since the text can't express all of them. */
  private void writeCalendar(Kryo kryo, Output out, XMLGregorianCalendar calendar) {
    if (!calendar.isValid()) {
      throw Refusal.of(
          XMLGregorianCalendar.class, "which is no date of the calendar", "Return a valid date.");
    }
    writeNumber(kryo, out, years, calendar.getEonAndYear());
    out.writeVarInt(calendar.getMonth(), false);
    out.writeVarInt(calendar.getDay(), false);
    out.writeVarInt(calendar.getHour(), false);
    out.writeVarInt(calendar.getMinute(), false);
    out.writeVarInt(calendar.getSecond(), false);
    writeNumber(kryo, out, fractions, calendar.getFractionalSecond());
    out.writeVarInt(calendar.getTimezone(), false);
  }

  private static <T> void writeNumber(
      Kryo kryo, Output out, Serializer<T> serializer, @Nullable T number) {
    out.writeBoolean(number != null);
    if (number != null) {
      serializer.write(kryo, out, number);
    }
  }

  private static <T> @Nullable T readNumber(
      Kryo kryo, Input in, Serializer<T> serializer, Class<T> type) {
    return in.readBoolean() ? serializer.read(kryo, in, type) : null;
  }

  /** Uses the JDK's own factory, never one of the application. */
  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    // No conditional expression: to verify one, the JVM would have to load both types.
    if (xmlType == Type.CALENDAR) {
      return DatatypeFactory.newDefaultInstance()
          .newXMLGregorianCalendar(
              readNumber(kryo, in, years, BigInteger.class),
              in.readVarInt(false),
              in.readVarInt(false),
              in.readVarInt(false),
              in.readVarInt(false),
              in.readVarInt(false),
              readNumber(kryo, in, fractions, BigDecimal.class),
              in.readVarInt(false));
    }
    if (xmlType == Type.DURATION) {
      return DatatypeFactory.newDefaultInstance().newDuration(Text.readPresent(in));
    }
    return new QName(Text.readPresent(in), Text.readPresent(in), Text.readPresent(in));
  }

  @Override
  public Object copy(Kryo kryo, Object value) {
    return xmlType == Type.CALENDAR ? ((XMLGregorianCalendar) value).clone() : value;
  }
}
