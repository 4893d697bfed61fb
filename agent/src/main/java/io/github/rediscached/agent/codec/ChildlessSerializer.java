package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;

/** Types of the JDK without children whose objects can be changed, so that it matters which. */
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

  /** None of them asks a {@code Kryo}. */
  @Override
  Object copy(GraphCopier copier, Object value) {
    return content.copy(null, value);
  }
}
