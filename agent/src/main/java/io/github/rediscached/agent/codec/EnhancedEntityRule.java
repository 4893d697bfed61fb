package io.github.rediscached.agent.codec;

/** Entities whose class Hibernate enhanced: like other objects, if they are loaded whole. */
final class EnhancedEntityRule extends Rule {

  private final ObjectRule fields;

  EnhancedEntityRule(ObjectRule fields) {
    super(Identity.EARLY);
    this.fields = fields;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    HibernateRule.requireLoaded(value);
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
