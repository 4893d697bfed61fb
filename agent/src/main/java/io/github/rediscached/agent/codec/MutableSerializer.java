package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Refusal;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Objects;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The JDK's mutable types without children, and arrays of primitives. */
// What was written comes back, however old.
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"})
final class MutableSerializer extends ValueSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    BYTES,
    SHORTS,
    CHARS,
    INTS,
    LONGS,
    FLOATS,
    DOUBLES,
    BOOLEANS,
    STRING_BUILDER,
    STRING_BUFFER,
    DATE,
    CALENDAR,
    TIME_ZONE,
    BIT_SET,
    ATOMIC_BOOLEAN,
    ATOMIC_INTEGER,
    ATOMIC_LONG,
    ATOMIC_INTEGER_ARRAY,
    ATOMIC_LONG_ARRAY
  }

  private final Type mutable;

  MutableSerializer(Type mutable) {
    super(Identity.EARLY);
    this.mutable = mutable;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Output out = writer.out;
    switch (mutable) {
      case BYTES -> {
        byte[] array = (byte[]) value;
        writer.writeLength(array.length);
        out.writeBytes(array);
      }
      case SHORTS -> {
        short[] array = (short[]) value;
        writer.writeLength(array.length);
        out.writeShorts(array, 0, array.length);
      }
      case CHARS -> {
        char[] array = (char[]) value;
        writer.writeLength(array.length);
        out.writeChars(array, 0, array.length);
      }
      case INTS -> {
        int[] array = (int[]) value;
        writer.writeLength(array.length);
        for (int element : array) {
          out.writeVarInt(element, false);
        }
      }
      case LONGS -> writeLongs(writer, (long[]) value);
      case FLOATS -> {
        float[] array = (float[]) value;
        writer.writeLength(array.length);
        out.writeFloats(array, 0, array.length);
      }
      case DOUBLES -> {
        double[] array = (double[]) value;
        writer.writeLength(array.length);
        out.writeDoubles(array, 0, array.length);
      }
      case BOOLEANS -> {
        boolean[] array = (boolean[]) value;
        writer.writeLength(array.length);
        out.writeBooleans(array, 0, array.length);
      }
      case STRING_BUILDER, STRING_BUFFER -> writer.writeText(value.toString());
      case DATE -> out.writeVarLong(((Date) value).getTime(), false);
      case CALENDAR -> writeCalendar(writer, (GregorianCalendar) value);
      case TIME_ZONE -> writeTimeZone(writer, (TimeZone) value);
      case BIT_SET -> writeLongs(writer, ((BitSet) value).toLongArray());
      case ATOMIC_BOOLEAN -> out.writeBoolean(((AtomicBoolean) value).get());
      case ATOMIC_INTEGER -> out.writeVarInt(((AtomicInteger) value).get(), false);
      case ATOMIC_LONG -> out.writeVarLong(((AtomicLong) value).get(), false);
      case ATOMIC_INTEGER_ARRAY -> {
        AtomicIntegerArray array = (AtomicIntegerArray) value;
        writer.writeLength(array.length());
        for (int i = 0; i < array.length(); i++) {
          out.writeVarInt(array.get(i), false);
        }
      }
      case ATOMIC_LONG_ARRAY -> {
        AtomicLongArray array = (AtomicLongArray) value;
        writer.writeLength(array.length());
        for (int i = 0; i < array.length(); i++) {
          out.writeVarLong(array.get(i), false);
        }
      }
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Input in = reader.in;
    return switch (mutable) {
      case BYTES -> in.readBytes(reader.readLength());
      case SHORTS -> in.readShorts(reader.readLength(Short.BYTES));
      case CHARS -> in.readChars(reader.readLength(Character.BYTES));
      case INTS -> readInts(reader);
      case LONGS -> readLongs(reader);
      case FLOATS -> in.readFloats(reader.readLength(Float.BYTES));
      case DOUBLES -> in.readDoubles(reader.readLength(Double.BYTES));
      case BOOLEANS -> in.readBooleans(reader.readLength());
      case STRING_BUILDER -> new StringBuilder(reader.readPresentText());
      case STRING_BUFFER -> new StringBuffer(reader.readPresentText());
      case DATE -> new Date(in.readVarLong(false));
      case CALENDAR -> readCalendar(reader);
      case TIME_ZONE -> TimeZone.getTimeZone(reader.readPresentText());
      case BIT_SET -> BitSet.valueOf(readLongs(reader));
      case ATOMIC_BOOLEAN -> new AtomicBoolean(in.readBoolean());
      case ATOMIC_INTEGER -> new AtomicInteger(in.readVarInt(false));
      case ATOMIC_LONG -> new AtomicLong(in.readVarLong(false));
      case ATOMIC_INTEGER_ARRAY -> new AtomicIntegerArray(readInts(reader));
      case ATOMIC_LONG_ARRAY -> new AtomicLongArray(readLongs(reader));
    };
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return switch (mutable) {
      case BYTES, SHORTS, CHARS, INTS, LONGS, FLOATS, DOUBLES, BOOLEANS ->
          Objects.deepEquals(written, read);
      case DATE, CALENDAR, TIME_ZONE, BIT_SET -> written.equals(read);
      // They have no equals, and their text is all there is to them.
      default -> written.toString().equals(read.toString());
    };
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return switch (mutable) {
      case BYTES -> ((byte[]) value).clone();
      case SHORTS -> ((short[]) value).clone();
      case CHARS -> ((char[]) value).clone();
      case INTS -> ((int[]) value).clone();
      case LONGS -> ((long[]) value).clone();
      case FLOATS -> ((float[]) value).clone();
      case DOUBLES -> ((double[]) value).clone();
      case BOOLEANS -> ((boolean[]) value).clone();
      case STRING_BUILDER -> new StringBuilder(value.toString());
      case STRING_BUFFER -> new StringBuffer(value.toString());
      case DATE -> ((Date) value).clone();
      case CALENDAR -> ((Calendar) value).clone();
      case TIME_ZONE -> ((TimeZone) value).clone();
      // Its own clone may change the original.
      case BIT_SET -> BitSet.valueOf(((BitSet) value).toLongArray());
      case ATOMIC_BOOLEAN -> new AtomicBoolean(((AtomicBoolean) value).get());
      case ATOMIC_INTEGER -> new AtomicInteger(((AtomicInteger) value).get());
      case ATOMIC_LONG -> new AtomicLong(((AtomicLong) value).get());
      case ATOMIC_INTEGER_ARRAY -> copyOf((AtomicIntegerArray) value);
      case ATOMIC_LONG_ARRAY -> copyOf((AtomicLongArray) value);
    };
  }

  private static AtomicIntegerArray copyOf(AtomicIntegerArray array) {
    AtomicIntegerArray copy = new AtomicIntegerArray(array.length());
    for (int i = 0; i < array.length(); i++) {
      copy.set(i, array.get(i));
    }
    return copy;
  }

  private static AtomicLongArray copyOf(AtomicLongArray array) {
    AtomicLongArray copy = new AtomicLongArray(array.length());
    for (int i = 0; i < array.length(); i++) {
      copy.set(i, array.get(i));
    }
    return copy;
  }

  private static int[] readInts(GraphReader reader) {
    int[] array = new int[reader.readLength()];
    for (int i = 0; i < array.length; i++) {
      array[i] = reader.in.readVarInt(false);
    }
    return array;
  }

  private static void writeLongs(GraphWriter writer, long[] array) {
    writer.writeLength(array.length);
    for (long element : array) {
      writer.out.writeVarLong(element, false);
    }
  }

  private static long[] readLongs(GraphReader reader) {
    long[] array = new long[reader.readLength()];
    for (int i = 0; i < array.length; i++) {
      array[i] = reader.in.readVarLong(false);
    }
    return array;
  }

  /** Asks a copy, since a calendar computes its time when it is asked. */
  private static void writeCalendar(GraphWriter writer, GregorianCalendar calendar) {
    GregorianCalendar copy = (GregorianCalendar) calendar.clone();
    writeTimeZone(writer, copy.getTimeZone());
    writer.out.writeVarLong(copy.getTimeInMillis(), false);
    writer.out.writeVarLong(copy.getGregorianChange().getTime(), false);
    writer.out.writeByte(copy.getFirstDayOfWeek());
    writer.out.writeByte(copy.getMinimalDaysInFirstWeek());
    writer.out.writeBoolean(copy.isLenient());
  }

  private static Calendar readCalendar(GraphReader reader) {
    Input in = reader.in;
    GregorianCalendar calendar =
        new GregorianCalendar(TimeZone.getTimeZone(reader.readPresentText()));
    long millis = in.readVarLong(false);
    calendar.setGregorianChange(new Date(in.readVarLong(false)));
    // After the change of calendars, which the fields depend on.
    calendar.setTimeInMillis(millis);
    calendar.setFirstDayOfWeek(in.readByte());
    calendar.setMinimalDaysInFirstWeek(in.readByte());
    calendar.setLenient(in.readBoolean());
    return calendar;
  }

  private static void writeTimeZone(GraphWriter writer, TimeZone zone) {
    if (!TimeZone.getTimeZone(zone.getID()).equals(zone)) {
      throw Refusal.of(
          zone.getClass(), "whose rules are not those of its name", "Return the zone's name.");
    }
    writer.writeText(zone.getID());
  }
}
