package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets of enum constants and maps by them: the enum's class, as an empty array of it, and then
 * constants. The class is asked of a private field because an empty one has no constants to ask.
 */
@SuppressWarnings({"unchecked", "rawtypes"}) // An enum's class, which the compiler can't see.
final class EnumCollectionSerializer extends ValueSerializer {

  private static final JdkField KEY_TYPE = new JdkField(EnumMap.class, "keyType");
  private static final JdkField ELEMENT_TYPE = new JdkField(EnumSet.class, "elementType");

  private final boolean isMap;

  EnumCollectionSerializer(boolean isMap) {
    super(Identity.EARLY);
    this.isMap = isMap;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Object type = (isMap ? KEY_TYPE : ELEMENT_TYPE).get(writer.opener(), value);
    if (!(type instanceof Class<?> enumType)) {
      throw new IllegalStateException();
    }
    writer.write(java.lang.reflect.Array.newInstance(enumType, 0));
    if (isMap) {
      writer.writeEntries((Map<?, ?>) value);
    } else {
      writer.writeElements((Collection<?>) value);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Class enumType = reader.readPresent().getClass().getComponentType();
    if (isMap) {
      Map<Object, @Nullable Object> map = new EnumMap(enumType);
      reader.place(map);
      int length = reader.readLength(2);
      for (int i = 0; i < length; i++) {
        map.put(reader.readPresent(), reader.read());
      }
      return map;
    }
    Collection<Object> set = EnumSet.noneOf(enumType);
    reader.place(set);
    int length = reader.readLength();
    for (int i = 0; i < length; i++) {
      set.add(reader.readPresent());
    }
    return set;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return isMap
        ? comparison.sameInOrder(
            written,
            MapSerializer.elementsOf((Map<?, ?>) written),
            MapSerializer.elementsOf((Map<?, ?>) read))
        : comparison.sameInOrder(
            written, ((Collection<?>) written).toArray(), ((Collection<?>) read).toArray());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    if (!isMap) {
      return ((EnumSet<?>) value).clone();
    }
    Map<Object, @Nullable Object> copy = ((EnumMap) value).clone();
    copy.replaceAll((constant, content) -> copier.copy(content));
    return copy;
  }
}
