package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.plan.LibraryName;
import io.github.rediscached.agent.type.Refusal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spring's map that ignores the case of its keys, in which rows of a database and HTTP headers are:
 * it consists of anonymous classes, so its entries are written, and its own constructor makes it
 * anew. It is the application's class, so it is known by name.
 */
final class CaseInsensitiveMapSerializer extends ValueSerializer {

  private static final String NAME =
      LibraryName.in("class org.springframework.util.LinkedCaseInsensitiveMap");

  private static final CaseInsensitiveMapSerializer INSTANCE = new CaseInsensitiveMapSerializer();

  private CaseInsensitiveMapSerializer() {
    super(Identity.EARLY);
  }

  /** Its rule, or null for any other class. */
  static @Nullable CaseInsensitiveMapSerializer of(Class<?> type) {
    return type.getName().equals(NAME) ? INSTANCE : null;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.write(localeOf(value));
    writer.writeEntries((Map<?, ?>) value);
  }

  private static Locale localeOf(Object map) {
    if (ByName.call(map, "getLocale", "Return a map of the JDK.") instanceof Locale locale) {
      return locale;
    }
    throw Refusal.of(map.getClass(), "which has no locale", "Return a map of the JDK.");
  }

  /** The keys are text, so hashing them never meets what is read only in part. */
  @Override
  Object read(GraphReader reader, Class<?> type) {
    Locale locale = (Locale) reader.readPresent();
    int length = reader.readLength();
    Map<String, @Nullable Object> map = create(type, length, locale);
    reader.place(map);
    for (int i = 0; i < length; i++) {
      String key = (String) reader.readPresent();
      map.put(key, reader.read());
    }
    Unreadable.requireSize(length, map.size());
    return map;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return localeOf(written).equals(localeOf(read))
        && comparison.sameInOrder(
            written,
            MapSerializer.elementsOf((Map<?, ?>) written),
            MapSerializer.elementsOf((Map<?, ?>) read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Map<?, ?> original = (Map<?, ?>) value;
    Map<String, @Nullable Object> copy = create(value.getClass(), original.size(), localeOf(value));
    for (Map.Entry<?, ?> entry : original.entrySet()) {
      copy.put((String) entry.getKey(), copier.copy(entry.getValue()));
    }
    return copy;
  }

  @SuppressWarnings("unchecked") // As it is declared.
  private static Map<String, @Nullable Object> create(Class<?> type, int length, Locale locale) {
    try {
      return (Map<String, @Nullable Object>)
          type.getConstructor(int.class, Locale.class).newInstance(length, locale);
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt(type.getName() + " can't be made of its elements.");
    }
  }
}
