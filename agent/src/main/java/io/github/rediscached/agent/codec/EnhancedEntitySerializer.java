package io.github.rediscached.agent.codec;

/** Entities whose class a library enhanced: like other objects, if they are loaded whole. */
final class EnhancedEntitySerializer extends ValueSerializer {

  private final ValueSerializer content;
  private final Enhancement enhancement;

  EnhancedEntitySerializer(ValueSerializer content, Enhancement enhancement) {
    super(content.identity);
    this.content = content;
    this.enhancement = enhancement;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    enhancement.requireLoaded(writer.opener(), value);
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
