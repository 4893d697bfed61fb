package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;

/**
 * Objects of which some can't be written though the others of their class can: entities that are
 * not loaded whole ({@link Enhancement}), and instances that their class keeps ({@link Pools}). All
 * else is left to the serializer of their content.
 */
final class CheckedSerializer extends ValueSerializer {

  /** Looks at an object before it is written. */
  interface Check {
    /**
     * Lets the object pass.
     *
     * @throws Refusal if it can't be written
     */
    void accept(Opener opener, Object value);
  }

  private final ValueSerializer content;
  private final Check check;

  CheckedSerializer(ValueSerializer content, Check check) {
    super(content.identity);
    this.content = content;
    this.check = check;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    check.accept(writer.opener, value);
    content.write(writer, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return content.read(reader, type);
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return content.isSame(comparison, written, read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return content.copy(copier, value);
  }
}
