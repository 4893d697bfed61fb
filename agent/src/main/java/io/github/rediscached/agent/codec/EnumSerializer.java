package io.github.rediscached.agent.codec;

/**
 * Enum constants, by name. An enum with other constants, or another order, has another fingerprint
 * ({@link Layouts}), so its entries are misses.
 */
final class EnumSerializer extends ValueSerializer {

  EnumSerializer() {
    super(Identity.EARLY);
    setImmutable(true);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeText(((Enum<?>) value).name());
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return constantOf(type, reader.readPresentText());
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // An enum's class, which the compiler can't see.
  static Enum<?> constantOf(Class<?> type, String name) {
    return Enum.valueOf((Class) type, name);
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return false;
  }
}
