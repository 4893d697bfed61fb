package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The JDK's types without children whose objects can be changed. Kryo has no serializer for some of
 * them, loses a calendar's change to Gregorian, and trusts the announced length of a bit set.
 */
// The agent does not choose these types; applications have them.
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"})
final class MutableSerializer extends Serializer<Object> {

  /** The type. */
  enum Type {
    STRING_BUILDER(StringBuilder.class),
    STRING_BUFFER(StringBuffer.class),
    DATE(Date.class),
    CALENDAR(GregorianCalendar.class),
    TIME_ZONE(TimeZone.class),
    BIT_SET(BitSet.class),
    ATOMIC_BOOLEAN(AtomicBoolean.class),
    ATOMIC_INTEGER(AtomicInteger.class),
    ATOMIC_LONG(AtomicLong.class),
    ATOMIC_INTEGER_ARRAY(AtomicIntegerArray.class),
    ATOMIC_LONG_ARRAY(AtomicLongArray.class),
    LONG_SUM(LongAdder.class),
    DOUBLE_SUM(DoubleAdder.class),
    INT_STATISTICS(IntSummaryStatistics.class),
    LONG_STATISTICS(LongSummaryStatistics.class);

    final Class<?> type;

    Type(Class<?> type) {
      this.type = type;
    }
  }

  private static final PrimitiveArraySerializer INTS =
      new PrimitiveArraySerializer(PrimitiveArraySerializer.Type.INTS);
  private static final PrimitiveArraySerializer LONGS =
      new PrimitiveArraySerializer(PrimitiveArraySerializer.Type.LONGS);

  private final Type mutable;

  MutableSerializer(Type mutable) {
    this.mutable = mutable;
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    switch (mutable) {
      case STRING_BUILDER, STRING_BUFFER -> Text.write(out, value.toString());
      case DATE -> out.writeVarLong(((Date) value).getTime(), false);
      case CALENDAR -> writeCalendar(out, (GregorianCalendar) value);
      case TIME_ZONE -> writeTimeZone(out, (TimeZone) value);
      case BIT_SET -> LONGS.write(kryo, out, ((BitSet) value).toLongArray());
      case ATOMIC_BOOLEAN -> out.writeBoolean(((AtomicBoolean) value).get());
      case ATOMIC_INTEGER -> out.writeVarInt(((AtomicInteger) value).get(), false);
      case ATOMIC_LONG -> out.writeVarLong(((AtomicLong) value).get(), false);
      case ATOMIC_INTEGER_ARRAY -> INTS.write(kryo, out, elementsOf((AtomicIntegerArray) value));
      case ATOMIC_LONG_ARRAY -> LONGS.write(kryo, out, elementsOf((AtomicLongArray) value));
      case LONG_SUM -> out.writeVarLong(((LongAdder) value).sum(), false);
      case DOUBLE_SUM -> out.writeDouble(((DoubleAdder) value).sum());
      case INT_STATISTICS -> {
        IntSummaryStatistics ints = (IntSummaryStatistics) value;
        out.writeVarLong(ints.getCount(), true);
        out.writeVarInt(ints.getMin(), false);
        out.writeVarInt(ints.getMax(), false);
        out.writeVarLong(ints.getSum(), false);
      }
      case LONG_STATISTICS -> {
        LongSummaryStatistics longs = (LongSummaryStatistics) value;
        out.writeVarLong(longs.getCount(), true);
        out.writeVarLong(longs.getMin(), false);
        out.writeVarLong(longs.getMax(), false);
        out.writeVarLong(longs.getSum(), false);
      }
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return switch (mutable) {
      case STRING_BUILDER -> new StringBuilder(Text.readPresent(in));
      case STRING_BUFFER -> new StringBuffer(Text.readPresent(in));
      case DATE -> new Date(in.readVarLong(false));
      case CALENDAR -> readCalendar(in);
      case TIME_ZONE -> TimeZone.getTimeZone(Text.readPresent(in));
      case BIT_SET -> BitSet.valueOf((long[]) LONGS.read(kryo, in, long[].class));
      case ATOMIC_BOOLEAN -> new AtomicBoolean(in.readBoolean());
      case ATOMIC_INTEGER -> new AtomicInteger(in.readVarInt(false));
      case ATOMIC_LONG -> new AtomicLong(in.readVarLong(false));
      case ATOMIC_INTEGER_ARRAY -> new AtomicIntegerArray((int[]) INTS.read(kryo, in, int[].class));
      case ATOMIC_LONG_ARRAY -> new AtomicLongArray((long[]) LONGS.read(kryo, in, long[].class));
      case LONG_SUM -> sumOf(in.readVarLong(false));
      case DOUBLE_SUM -> sumOf(in.readDouble());
      case INT_STATISTICS ->
          new IntSummaryStatistics(
              in.readVarLong(true),
              in.readVarInt(false),
              in.readVarInt(false),
              in.readVarLong(false));
      case LONG_STATISTICS ->
          new LongSummaryStatistics(
              in.readVarLong(true),
              in.readVarLong(false),
              in.readVarLong(false),
              in.readVarLong(false));
    };
  }

  @Override
  public Object copy(Kryo kryo, Object value) {
    return switch (mutable) {
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
      case ATOMIC_INTEGER_ARRAY -> new AtomicIntegerArray(elementsOf((AtomicIntegerArray) value));
      case ATOMIC_LONG_ARRAY -> new AtomicLongArray(elementsOf((AtomicLongArray) value));
      case LONG_SUM -> sumOf(((LongAdder) value).sum());
      case DOUBLE_SUM -> sumOf(((DoubleAdder) value).sum());
      case INT_STATISTICS -> {
        IntSummaryStatistics copy = new IntSummaryStatistics();
        copy.combine((IntSummaryStatistics) value);
        yield copy;
      }
      case LONG_STATISTICS -> {
        LongSummaryStatistics copy = new LongSummaryStatistics();
        copy.combine((LongSummaryStatistics) value);
        yield copy;
      }
    };
  }

  private static int[] elementsOf(AtomicIntegerArray array) {
    int[] elements = new int[array.length()];
    Arrays.setAll(elements, array::get);
    return elements;
  }

  private static long[] elementsOf(AtomicLongArray array) {
    long[] elements = new long[array.length()];
    Arrays.setAll(elements, array::get);
    return elements;
  }

  private static LongAdder sumOf(long sum) {
    LongAdder adder = new LongAdder();
    adder.add(sum);
    return adder;
  }

  private static DoubleAdder sumOf(double sum) {
    DoubleAdder adder = new DoubleAdder();
    adder.add(sum);
    return adder;
  }

  /** Reads a copy, since a calendar changes when it computes its time. */
  private static void writeCalendar(Output out, GregorianCalendar calendar) {
    GregorianCalendar copy = (GregorianCalendar) calendar.clone();
    writeTimeZone(out, copy.getTimeZone());
    out.writeVarLong(copy.getTimeInMillis(), false);
    out.writeVarLong(copy.getGregorianChange().getTime(), false);
    out.writeByte(copy.getFirstDayOfWeek());
    out.writeByte(copy.getMinimalDaysInFirstWeek());
    out.writeBoolean(copy.isLenient());
  }

  private static Calendar readCalendar(Input in) {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(Text.readPresent(in)));
    long millis = in.readVarLong(false);
    calendar.setGregorianChange(new Date(in.readVarLong(false)));
    // The fields depend on the change to Gregorian, so it comes first.
    calendar.setTimeInMillis(millis);
    calendar.setFirstDayOfWeek(in.readByte());
    calendar.setMinimalDaysInFirstWeek(in.readByte());
    calendar.setLenient(in.readBoolean());
    return calendar;
  }

  private static void writeTimeZone(Output out, TimeZone zone) {
    if (!TimeZone.getTimeZone(zone.getID()).equals(zone)) {
      throw Refusal.of(
          zone.getClass(), "whose rules are not those of its name", "Return the zone's name.");
    }
    Text.write(out, zone.getID());
  }
}
