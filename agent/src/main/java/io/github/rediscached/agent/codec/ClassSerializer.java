package io.github.rediscached.agent.codec;

/** Classes that are themselves values, such as a key of a map; never those of other loaders. */
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
