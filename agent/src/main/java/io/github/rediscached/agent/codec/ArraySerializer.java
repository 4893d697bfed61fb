package io.github.rediscached.agent.codec;

import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Arrays of objects, of any component type, and atomic ones. */
final class ArraySerializer extends ValueSerializer {

  ArraySerializer() {
    super(Identity.EARLY);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeElements(elementsOf(value));
  }

  private static @Nullable Object[] elementsOf(Object value) {
    if (!(value instanceof AtomicReferenceArray<?> array)) {
      return (@Nullable Object[]) value;
    }
    @Nullable Object[] elements = new @Nullable Object[array.length()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = array.get(i);
    }
    return elements;
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    int length = reader.readLength();
    if (type == AtomicReferenceArray.class) {
      AtomicReferenceArray<@Nullable Object> atomic = new AtomicReferenceArray<>(length);
      reader.place(atomic);
      for (int i = 0; i < length; i++) {
        atomic.set(i, reader.read());
      }
      return atomic;
    }
    @Nullable Object[] array =
        type == Object[].class
            ? new @Nullable Object[length]
            : (@Nullable Object[]) Array.newInstance(type.getComponentType(), length);
    reader.place(array);
    for (int i = 0; i < length; i++) {
      array[i] = reader.read();
    }
    return array;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.sameInOrder(written, elementsOf(written), elementsOf(read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    if (value instanceof String[] texts) {
      return texts.clone();
    }
    @Nullable Object[] copy = elementsOf(value);
    if (value instanceof AtomicReferenceArray) {
      copier.copyEach(copy);
      return new AtomicReferenceArray<>(copy);
    }
    copy = copy.clone();
    copier.copyEach(copy);
    return copy;
  }
}
