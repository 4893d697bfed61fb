package io.github.rediscached.agent.codec;

/** An object of which each JVM has exactly one, such as {@code List.of()}: its number says all. */
final class ConstantSerializer extends ValueSerializer {

  private final Object constant;

  ConstantSerializer(Object constant) {
    super(Identity.NONE);
    setImmutable(true);
    this.constant = constant;
  }

  @Override
  void write(GraphWriter writer, Object value) {}

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return constant;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return true;
  }
}
