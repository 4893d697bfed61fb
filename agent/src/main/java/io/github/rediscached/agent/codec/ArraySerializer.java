package io.github.rediscached.agent.codec;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Arrays of objects, of any component type. */
final class ArraySerializer extends ValueSerializer {

  ArraySerializer() {
    super(Identity.EARLY);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeElements((@Nullable Object[]) value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    int length = reader.readLength();
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
    return comparison.sameInOrder(written, (@Nullable Object[]) written, (@Nullable Object[]) read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    @Nullable Object[] copy = ((@Nullable Object[]) value).clone();
    if (!(value instanceof String[])) {
      copier.copyEach(copy);
    }
    return copy;
  }
}
