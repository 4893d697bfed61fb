package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;

/** The values of java.sql. {@link Scalars} uses it only in a JVM that has the module. */
@SuppressWarnings("JavaUtilDate") // Applications have such dates.
final class SqlSerializer extends Serializer<Object> {

  /** The type. */
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
    this.sqlType = sqlType;
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    out.writeVarLong(((java.util.Date) value).getTime(), false);
    if (value instanceof Timestamp timestamp) {
      out.writeVarInt(timestamp.getNanos(), true);
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    long millis = in.readVarLong(false);
    // No conditional expression: to verify one, the JVM would have to load both types.
    if (sqlType == Type.DATE) {
      return new Date(millis);
    }
    if (sqlType == Type.TIME) {
      return new Time(millis);
    }
    Timestamp timestamp = new Timestamp(millis);
    timestamp.setNanos(in.readVarInt(true));
    return timestamp;
  }

  @Override
  public Object copy(Kryo kryo, Object value) {
    return ((java.util.Date) value).clone();
  }
}
