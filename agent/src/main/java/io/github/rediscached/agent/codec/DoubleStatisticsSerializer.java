package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
import java.util.DoubleSummaryStatistics;

/** Statistics of doubles: by their private sums, which say more than their methods tell. */
final class DoubleStatisticsSerializer extends ValueSerializer {

  /** What a double's sum is made of: later values and other statistics are added to these. */
  private static final JdkField[] DOUBLES = {
    ofDoubles("sum"),
    ofDoubles("sumCompensation"),
    ofDoubles("simpleSum"),
    ofDoubles("min"),
    ofDoubles("max")
  };

  private static final JdkField COUNT = ofDoubles("count");

  DoubleStatisticsSerializer() {
    super(Identity.EARLY);
  }

  private static JdkField ofDoubles(String field) {
    return new JdkField(DoubleSummaryStatistics.class, field);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Output out = writer.out;
    out.writeVarLong(((DoubleSummaryStatistics) value).getCount(), true);
    for (JdkField field : DOUBLES) {
      out.writeDouble(field.get(writer.opener, value) instanceof Double part ? part : 0);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Input in = reader.in;
    DoubleSummaryStatistics doubles = new DoubleSummaryStatistics();
    COUNT.set(reader.opener, doubles, in.readVarLong(true));
    for (JdkField field : DOUBLES) {
      field.set(reader.opener, doubles, in.readDouble());
    }
    return doubles;
  }

  /** They have no equals, and their text is all there is to them but for rounding. */
  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return written.toString().equals(read.toString());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Opener opener = copier.opener;
    DoubleSummaryStatistics copy = new DoubleSummaryStatistics();
    COUNT.set(opener, copy, COUNT.get(opener, value));
    for (JdkField field : DOUBLES) {
      field.set(opener, copy, field.get(opener, value));
    }
    return copy;
  }
}
