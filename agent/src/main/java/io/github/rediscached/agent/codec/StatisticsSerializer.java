package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import java.util.DoubleSummaryStatistics;
import java.util.IntSummaryStatistics;
import java.util.LongSummaryStatistics;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** The JDK's sums and statistics. */
final class StatisticsSerializer extends ValueSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    INTS,
    LONGS,
    DOUBLES,
    LONG_SUM,
    DOUBLE_SUM
  }

  /** What a double's sum is made of: later values and other statistics are added to these. */
  private static final JdkField[] DOUBLES = {
    ofDoubles("sum"),
    ofDoubles("sumCompensation"),
    ofDoubles("simpleSum"),
    ofDoubles("min"),
    ofDoubles("max")
  };

  private static final JdkField COUNT = ofDoubles("count");

  private final Type statistics;

  StatisticsSerializer(Type statistics) {
    super(Identity.EARLY);
    this.statistics = statistics;
  }

  private static JdkField ofDoubles(String field) {
    return new JdkField(DoubleSummaryStatistics.class, field);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Output out = writer.out;
    switch (statistics) {
      case INTS -> {
        IntSummaryStatistics ints = (IntSummaryStatistics) value;
        out.writeVarLong(ints.getCount(), true);
        out.writeVarInt(ints.getMin(), false);
        out.writeVarInt(ints.getMax(), false);
        out.writeVarLong(ints.getSum(), false);
      }
      case LONGS -> {
        LongSummaryStatistics longs = (LongSummaryStatistics) value;
        out.writeVarLong(longs.getCount(), true);
        out.writeVarLong(longs.getMin(), false);
        out.writeVarLong(longs.getMax(), false);
        out.writeVarLong(longs.getSum(), false);
      }
      case DOUBLES -> {
        out.writeVarLong(((DoubleSummaryStatistics) value).getCount(), true);
        for (JdkField field : DOUBLES) {
          out.writeDouble(field.get(writer.opener(), value) instanceof Double part ? part : 0);
        }
      }
      case LONG_SUM -> out.writeVarLong(((LongAdder) value).sum(), false);
      case DOUBLE_SUM -> out.writeDouble(((DoubleAdder) value).sum());
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Input in = reader.in;
    return switch (statistics) {
      case INTS ->
          new IntSummaryStatistics(
              in.readVarLong(true),
              in.readVarInt(false),
              in.readVarInt(false),
              in.readVarLong(false));
      case LONGS ->
          new LongSummaryStatistics(
              in.readVarLong(true),
              in.readVarLong(false),
              in.readVarLong(false),
              in.readVarLong(false));
      case DOUBLES -> {
        DoubleSummaryStatistics doubles = new DoubleSummaryStatistics();
        COUNT.set(reader.opener(), doubles, in.readVarLong(true));
        for (JdkField field : DOUBLES) {
          field.set(reader.opener(), doubles, in.readDouble());
        }
        yield doubles;
      }
      case LONG_SUM -> sumOf(in.readVarLong(false));
      case DOUBLE_SUM -> sumOf(in.readDouble());
    };
  }

  /** They have no equals, and their text is all there is to them but for rounding. */
  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return written.toString().equals(read.toString());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return switch (statistics) {
      case INTS -> {
        IntSummaryStatistics copy = new IntSummaryStatistics();
        copy.combine((IntSummaryStatistics) value);
        yield copy;
      }
      case LONGS -> {
        LongSummaryStatistics copy = new LongSummaryStatistics();
        copy.combine((LongSummaryStatistics) value);
        yield copy;
      }
      case DOUBLES -> copyOf(copier.opener(), value);
      case LONG_SUM -> sumOf(((LongAdder) value).sum());
      case DOUBLE_SUM -> sumOf(((DoubleAdder) value).sum());
    };
  }

  private static DoubleSummaryStatistics copyOf(Opener opener, Object value) {
    DoubleSummaryStatistics copy = new DoubleSummaryStatistics();
    COUNT.set(opener, copy, COUNT.get(opener, value));
    for (JdkField field : DOUBLES) {
      field.set(opener, copy, field.get(opener, value));
    }
    return copy;
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
}
