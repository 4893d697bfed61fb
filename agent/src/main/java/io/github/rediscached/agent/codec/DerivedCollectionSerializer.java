package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the application that extend one of the JDK's collections or maps: their own fields,
 * and the elements that the JDK's class holds. Neither reading nor writing calls a method that the
 * class overrides, so one that counts, converts or refuses elements does not do so again.
 */
final class DerivedCollectionSerializer extends ValueSerializer {

  private final ObjectSerializer fields;
  private final InheritedElements elements;

  private DerivedCollectionSerializer(ObjectSerializer fields, InheritedElements elements) {
    super(Identity.EARLY);
    this.fields = fields;
    this.elements = elements;
  }

  /**
   * The serializer for a class that extends one of the JDK's.
   *
   * @param base the JDK's class
   * @throws Refusal if that is no collection or map whose elements can be had
   */
  static DerivedCollectionSerializer of(Class<?> type, Class<?> base, Opener opener) {
    InheritedElements elements = InheritedElements.of(type, base, opener);
    if (elements == null || SerialHooks.takesPart(type)) {
      throw Refusal.of(
          type,
          "which extends " + base.getName() + " and so holds what only that class can write",
          "Hold such an object in a field rather than extend its class.");
    }
    return new DerivedCollectionSerializer(new ObjectSerializer(type, opener), elements);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    elements.base.extra.write(writer, value);
    fields.writeFields(writer, value);
    int mark = writer.progress.mark();
    writer.writeElements(elements.of(value));
    if (elements.base.isKeyed() && writer.progress.mustDefer(mark)) {
      throw Refusal.of(
          value.getClass(),
          "of which an element leads back to an object that holds it",
          "Break the cycle, or return a collection of the JDK.");
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Object value = elements.create(reader);
    reader.place(value);
    fields.readFields(reader, value);
    int mark = reader.progress.mark();
    @Nullable Object[] read = reader.readElements(reader.readLength());
    if (elements.base.isKeyed() && reader.progress.mustDefer(mark)) {
      throw Unreadable.corrupt("An element leads back to the collection that holds it.");
    }
    elements.fill(value, read);
    return value;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return fields.isSame(comparison, written, read)
        && elements.base.sameElements(comparison, written, elements.of(written), elements.of(read));
  }
}
