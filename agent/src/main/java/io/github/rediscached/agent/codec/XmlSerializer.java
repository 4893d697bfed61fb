package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.namespace.QName;

/** The values of java.xml; this class links only in a JVM that has that module. */
final class XmlSerializer extends ValueSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    CALENDAR("javax.xml.datatype.XMLGregorianCalendar", Identity.EARLY),
    DURATION("javax.xml.datatype.Duration", Identity.NONE),
    NAME("javax.xml.namespace.QName", Identity.NONE);

    final String className;
    final Identity identity;

    Type(String className, Identity identity) {
      this.className = className;
      this.identity = identity;
    }
  }

  private final Type xmlType;

  XmlSerializer(Type xmlType) {
    super(xmlType.identity);
    this.xmlType = xmlType;
    setImmutable(xmlType != Type.CALENDAR);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    switch (xmlType) {
      case CALENDAR -> writeCalendar(writer, (XMLGregorianCalendar) value);
      case DURATION -> writer.writeText(value.toString());
      case NAME -> {
        QName name = (QName) value;
        writer.writeText(name.getNamespaceURI());
        writer.writeText(name.getLocalPart());
        writer.writeText(name.getPrefix());
      }
    }
  }

  /** By its parts: its text has no place for all that there may be. */
  private static void writeCalendar(GraphWriter writer, XMLGregorianCalendar calendar) {
    if (!calendar.isValid()) {
      throw Refusal.of(
          XMLGregorianCalendar.class, "which is no date of the calendar", "Return a valid date.");
    }
    writer.write(calendar.getEonAndYear());
    writer.out.writeVarInt(calendar.getMonth(), false);
    writer.out.writeVarInt(calendar.getDay(), false);
    writer.out.writeVarInt(calendar.getHour(), false);
    writer.out.writeVarInt(calendar.getMinute(), false);
    writer.out.writeVarInt(calendar.getSecond(), false);
    writer.write(calendar.getFractionalSecond());
    writer.out.writeVarInt(calendar.getTimezone(), false);
  }

  /** By the JDK's own factory, not by one of the application's. */
  @Override
  Object read(GraphReader reader, Class<?> type) {
    // No expression of two of these types: to verify it, the JVM would have to load them.
    if (xmlType == Type.CALENDAR) {
      return DatatypeFactory.newDefaultInstance()
          .newXMLGregorianCalendar(
              (BigInteger) reader.read(),
              reader.in.readVarInt(false),
              reader.in.readVarInt(false),
              reader.in.readVarInt(false),
              reader.in.readVarInt(false),
              reader.in.readVarInt(false),
              (BigDecimal) reader.read(),
              reader.in.readVarInt(false));
    }
    if (xmlType == Type.DURATION) {
      return DatatypeFactory.newDefaultInstance().newDuration(reader.readPresentText());
    }
    return new QName(reader.readPresentText(), reader.readPresentText(), reader.readPresentText());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return xmlType == Type.CALENDAR ? ((XMLGregorianCalendar) value).clone() : value;
  }
}
