package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.Objects;

/** Mutable types of the JDK without children. Identity matters: a change is seen by all holders. */
final class ChildlessSerializer extends ValueSerializer {

  private final Serializer<Object> content;

  ChildlessSerializer(Serializer<Object> content) {
    super(Identity.EARLY);
    this.content = content;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeContent(content, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return reader.readContent(content, type);
  }

  /** Most have no equals, so that what is written of both tells. */
  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return Objects.deepEquals(written, read) || Arrays.equals(bytesOf(written), bytesOf(read));
  }

  private byte[] bytesOf(Object value) {
    Output out = new Output(64, -1);
    content.write(null, out, value);
    return out.toBytes();
  }

  /** None of them asks a {@code Kryo}. */
  @Override
  Object copy(GraphCopier copier, Object value) {
    return content.copy(null, value);
  }
}
