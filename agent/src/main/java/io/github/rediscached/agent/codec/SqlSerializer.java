package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.Output;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/** The values of java.sql; this class links only in a JVM that has that module. */
@SuppressWarnings("JavaUtilDate") // What was written comes back, however old.
final class SqlSerializer extends ValueSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    DATE("java.sql.Date"),
    TIME("java.sql.Time"),
    TIMESTAMP("java.sql.Timestamp");

    final String className;

    Type(String className) {
      this.className = className;
    }
  }

  private final Type sqlType;

  SqlSerializer(Type sqlType) {
    super(Identity.EARLY);
    this.sqlType = sqlType;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Output out = writer.out;
    out.writeVarLong(((java.util.Date) value).getTime(), false);
    if (value instanceof Timestamp timestamp) {
      out.writeVarInt(timestamp.getNanos(), true);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    long millis = reader.in.readVarLong(false);
    // No expression of two of these types: to verify it, the JVM would have to load them.
    if (sqlType == Type.DATE) {
      return new Date(millis);
    }
    if (sqlType == Type.TIME) {
      return new Time(millis);
    }
    Timestamp timestamp = new Timestamp(millis);
    timestamp.setNanos(reader.in.readVarInt(true));
    return timestamp;
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return ((java.util.Date) value).clone();
  }
}
