package io.github.rediscached.agent.codec;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The JDK's types that hold one or two values. */
final class HolderSerializer extends ValueSerializer {

  /** Which one; the order is part of the format. */
  enum Type {
    OPTIONAL(Identity.LATE),
    ENTRY(Identity.LATE),
    SIMPLE_ENTRY(Identity.LATE),
    SIMPLE_IMMUTABLE_ENTRY(Identity.LATE),
    ATOMIC_REFERENCE(Identity.EARLY);

    final Identity identity;

    Type(Identity identity) {
      this.identity = identity;
    }
  }

  private final Type holder;

  HolderSerializer(Type holder) {
    super(holder.identity);
    this.holder = holder;
  }

  @Override
  boolean hashesParts() {
    return true;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    if (value instanceof Optional<?> optional) {
      writer.write(optional.orElse(null), ".value");
    } else if (value instanceof AtomicReference<?> reference) {
      writer.write(reference.get(), ".value");
    } else {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
      writer.write(entry.getKey(), ".key");
      writer.write(entry.getValue(), ".value");
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    if (holder == Type.ATOMIC_REFERENCE) {
      AtomicReference<@Nullable Object> reference = new AtomicReference<>();
      reader.place(reference);
      reference.set(reader.read());
      return reference;
    }
    Object first = reader.read();
    return switch (holder) {
      case OPTIONAL -> Optional.ofNullable(first);
      case ENTRY -> entry(first, reader.read());
      case SIMPLE_ENTRY -> new AbstractMap.SimpleEntry<>(first, reader.read());
      default -> new AbstractMap.SimpleImmutableEntry<>(first, reader.read());
    };
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    if (written instanceof Optional<?> one) {
      return comparison.samePart(
          written, ".value", one.orElse(null), ((Optional<?>) read).orElse(null));
    }
    if (written instanceof AtomicReference<?> one) {
      return comparison.samePart(written, ".value", one.get(), ((AtomicReference<?>) read).get());
    }
    Map.Entry<?, ?> one = (Map.Entry<?, ?>) written;
    Map.Entry<?, ?> other = (Map.Entry<?, ?>) read;
    return comparison.samePart(written, ".key", one.getKey(), other.getKey())
        && comparison.samePart(written, ".value", one.getValue(), other.getValue());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    if (value instanceof Optional<?> optional) {
      Object content = optional.orElse(null);
      Object copy = copier.copy(content);
      return copy == content ? value : Optional.ofNullable(copy);
    }
    if (value instanceof AtomicReference<?> reference) {
      return new AtomicReference<>(copier.copy(reference.get()));
    }
    Map.Entry<?, ?> entry = (Map.Entry<?, ?>) value;
    Object key = copier.copy(entry.getKey());
    Object content = copier.copy(entry.getValue());
    if (holder == Type.SIMPLE_ENTRY) {
      return new AbstractMap.SimpleEntry<>(key, content);
    }
    if (key == entry.getKey() && content == entry.getValue()) {
      return value;
    }
    return holder == Type.ENTRY
        ? entry(key, content)
        : new AbstractMap.SimpleImmutableEntry<>(key, content);
  }

  private static Object entry(@Nullable Object key, @Nullable Object value) {
    if (key == null || value == null) {
      throw Unreadable.corrupt("An entry lacks its key or value.");
    }
    return Map.entry(key, value);
  }
}
