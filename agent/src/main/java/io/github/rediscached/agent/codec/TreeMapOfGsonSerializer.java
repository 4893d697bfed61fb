package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Constructor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gson's map of an object's members, in their order: it names a map of the JDK as its substitute,
 * which does not fit where it came from. Known by its name, since it is the application's.
 */
final class TreeMapOfGsonSerializer extends ValueSerializer {

  private static final String NAME = "com.google.gson.internal.LinkedTreeMap";

  private final Constructor<?> constructor;

  private TreeMapOfGsonSerializer(Constructor<?> constructor) {
    super(Identity.EARLY);
    this.constructor = constructor;
  }

  /** The serializer, or null for any other class. */
  static @Nullable TreeMapOfGsonSerializer of(Class<?> type, Opener opener) {
    if (!type.getName().equals(NAME)) {
      return null;
    }
    try {
      return new TreeMapOfGsonSerializer(opener.open(type.getDeclaredConstructor(), type));
    } catch (NoSuchMethodException e) {
      throw Refusal.of(type, "which can't be made anew", "Return a map of the JDK.");
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeEntries((Map<?, ?>) value);
  }

  @Override
  @SuppressWarnings("unchecked") // Its keys are compared, so they are of one type at least.
  Object read(GraphReader reader, Class<?> type) {
    try {
      Map<Object, @Nullable Object> map = (Map<Object, @Nullable Object>) constructor.newInstance();
      reader.place(map);
      int length = reader.readLength();
      for (int i = 0; i < length; i++) {
        map.put(reader.readPresent(), reader.read());
      }
      return map;
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt(type.getName() + " can't be made anew.");
    }
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.sameInOrder(
        written,
        MapSerializer.elementsOf((Map<?, ?>) written),
        MapSerializer.elementsOf((Map<?, ?>) read));
  }
}
