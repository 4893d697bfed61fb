package io.github.rediscached.agent.codec;

/** Entities whose class Hibernate enhanced: like other objects, if they are loaded whole. */
final class EnhancedEntitySerializer extends ValueSerializer {

  private final ObjectSerializer fields;

  EnhancedEntitySerializer(ObjectSerializer fields) {
    super(Identity.EARLY);
    this.fields = fields;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    HibernateSerializer.requireLoaded(value);
    fields.write(writer, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return fields.read(reader, type);
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return fields.isSame(comparison, written, read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    return fields.copy(copier, value);
  }
}
