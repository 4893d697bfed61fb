package io.github.rediscached.agent.codec;

/** Entities whose class a library enhanced: like other objects, if they are loaded whole. */
final class EnhancedEntitySerializer extends ValueSerializer {

  private final ObjectSerializer fields;
  private final Enhancement enhancement;

  EnhancedEntitySerializer(ObjectSerializer fields, Enhancement enhancement) {
    super(Identity.EARLY);
    this.fields = fields;
    this.enhancement = enhancement;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    enhancement.requireLoaded(writer.opener(), value);
    fields.write(writer, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return fields.read(reader, type);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return fields.copy(copier, value);
  }
}
