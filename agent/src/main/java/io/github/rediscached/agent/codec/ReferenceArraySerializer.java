package io.github.rediscached.agent.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Atomic arrays of objects. */
final class ReferenceArraySerializer extends ValueSerializer {

  ReferenceArraySerializer() {
    super(Identity.EARLY);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeElements(elementsOf(value));
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    AtomicReferenceArray<@Nullable Object> array = new AtomicReferenceArray<>(reader.readLength());
    reader.place(array);
    for (int i = 0; i < array.length(); i++) {
      array.set(i, reader.read());
    }
    return array;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.sameInOrder(written, elementsOf(written), elementsOf(read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    @Nullable Object[] elements = elementsOf(value);
    copier.copyEach(elements);
    return new AtomicReferenceArray<>(elements);
  }

  private static @Nullable Object[] elementsOf(Object value) {
    AtomicReferenceArray<?> array = (AtomicReferenceArray<?>) value;
    @Nullable Object[] elements = new @Nullable Object[array.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = array.get(i);
    }
    return elements;
  }
}
