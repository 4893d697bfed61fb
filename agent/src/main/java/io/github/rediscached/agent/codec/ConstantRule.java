package io.github.rediscached.agent.codec;

/** An object of the JDK of which there is one in a JVM, such as an empty list. */
final class ConstantRule extends Rule {

  private final Object constant;

  ConstantRule(Object constant) {
    super(Identity.NONE);
    this.constant = constant;
  }

  @Override
  void write(GraphWriter writer, Object value) {}

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return constant;
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return value;
  }
}
