package io.github.rediscached.agent.codec;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The JDK's types that hold one or two values. */
final class HolderSerializer extends ValueSerializer {

  /** Which one. {@link BuiltIns} numbers them in this order, which is part of the format. */
  enum Type {
    OPTIONAL(Optional.class),
    ENTRY(Map.entry("", "").getClass()),
    SIMPLE_ENTRY(AbstractMap.SimpleEntry.class),
    SIMPLE_IMMUTABLE_ENTRY(AbstractMap.SimpleImmutableEntry.class),
    ATOMIC_REFERENCE(AtomicReference.class);

    final Class<?> type;

    Type(Class<?> type) {
      this.type = type;
    }
  }

  private final Type type;

  HolderSerializer(Type type) {
    super(type == Type.ATOMIC_REFERENCE ? Identity.EARLY : Identity.LATE);
    this.type = type;
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    if (value instanceof Map.Entry<?, ?> entry) {
      writer.write(entry.getKey(), ".key");
    }
    writer.write(contentOf(value), ".value");
  }

  private static @Nullable Object contentOf(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.orElse(null);
    }
    return value instanceof AtomicReference<?> reference
        ? reference.get()
        : ((Map.Entry<?, ?>) value).getValue();
  }

  @Override
  Object read(GraphReader reader, Class<?> ignored) {
    if (type == Type.ATOMIC_REFERENCE) {
      AtomicReference<@Nullable Object> reference = new AtomicReference<>();
      reader.place(reference);
      reference.set(reader.read());
      return reference;
    }
    return of(type == Type.OPTIONAL ? null : reader.read(), reader.read());
  }

  private Object of(@Nullable Object key, @Nullable Object value) {
    return switch (type) {
      case OPTIONAL -> Optional.ofNullable(value);
      case ENTRY -> {
        if (key == null || value == null) {
          throw Unreadable.corrupt("An entry lacks its key or value.");
        }
        yield Map.entry(key, value);
      }
      case SIMPLE_ENTRY -> new AbstractMap.SimpleEntry<>(key, value);
      case SIMPLE_IMMUTABLE_ENTRY -> new AbstractMap.SimpleImmutableEntry<>(key, value);
      case ATOMIC_REFERENCE -> new AtomicReference<>(value);
    };
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return (!(written instanceof Map.Entry<?, ?> one)
            || comparison.samePart(
                written, ".key", one.getKey(), ((Map.Entry<?, ?>) read).getKey()))
        && comparison.samePart(written, ".value", contentOf(written), contentOf(read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    Object key = value instanceof Map.Entry<?, ?> entry ? entry.getKey() : null;
    Object content = contentOf(value);
    Object keyCopy = copier.copy(key);
    Object contentCopy = copier.copy(content);
    boolean canChange = type == Type.SIMPLE_ENTRY || type == Type.ATOMIC_REFERENCE;
    return keyCopy == key && contentCopy == content && !canChange
        ? value
        : of(keyCopy, contentCopy);
  }
}
