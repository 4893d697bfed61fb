package io.github.rediscached.agent.codec;

/** {@code Class} objects, by name. {@link ClassRegistry} refuses those that no entry may name. */
final class ClassSerializer extends ValueSerializer {

  ClassSerializer() {
    super(Identity.NONE);
    setImmutable(true);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeClassLiteral((Class<?>) value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return reader.readClassLiteral();
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return false;
  }
}
