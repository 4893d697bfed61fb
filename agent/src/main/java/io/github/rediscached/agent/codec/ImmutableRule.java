package io.github.rediscached.agent.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDK's collections that are complete when they are created. */
final class ImmutableRule extends Rule {

  /** Which one; the order is part of the format. */
  enum Type {
    LIST_OF,
    SET_OF,
    MAP_OF,
    AS_LIST,
    SINGLETON,
    SINGLETON_LIST,
    SINGLETON_MAP,
    COPIES
  }

  private final Type immutable;

  ImmutableRule(Type immutable) {
    super(Identity.LATE);
    this.immutable = immutable;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    int mark = writer.progress().mark();
    if (value instanceof Map<?, ?> map) {
      writer.writeEntries(map);
    } else if (immutable == Type.COPIES) {
      List<?> copies = (List<?>) value;
      writer.out.writeVarInt(copies.size(), true);
      writer.write(copies.isEmpty() ? null : copies.get(0), "[]");
    } else {
      writer.writeElements((Collection<?>) value);
    }
    if (isKeyed()) {
      writer.endKeyed(mark, value);
    }
  }

  /** Whether nobody can replace an element. */
  boolean isImmutable() {
    return immutable != Type.AS_LIST;
  }

  private boolean isKeyed() {
    return immutable == Type.SET_OF || immutable == Type.MAP_OF;
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    if (immutable == Type.COPIES) {
      return Collections.nCopies(reader.in.readVarInt(true), reader.read());
    }
    int mark = reader.progress().mark();
    boolean isMap = immutable == Type.MAP_OF || immutable == Type.SINGLETON_MAP;
    int length = reader.readLength();
    @Nullable Object[] elements = reader.readElements(isMap ? 2 * length : length);
    if (isKeyed()) {
      reader.requireComplete(mark);
    }
    return of(elements);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    @Nullable Object[] elements;
    if (value instanceof Map<?, ?> map) {
      elements = MapRule.elementsOf(map);
    } else if (immutable == Type.COPIES) {
      List<?> copies = (List<?>) value;
      elements = copies.isEmpty() ? new Object[0] : new @Nullable Object[] {copies.get(0)};
    } else {
      elements = ((Collection<?>) value).toArray();
    }
    if (!copier.copyEach(elements) && isImmutable()) {
      return value;
    }
    return immutable == Type.COPIES
        ? Collections.nCopies(((List<?>) value).size(), elements[0])
        : of(elements);
  }

  private Object of(@Nullable Object[] elements) {
    return switch (immutable) {
      case LIST_OF -> listOf(elements);
      case SET_OF -> Set.of(elements);
      case MAP_OF -> mapOf(elements);
      case AS_LIST -> Arrays.asList(elements);
      case SINGLETON -> Collections.singleton(elements[0]);
      case SINGLETON_LIST -> Collections.singletonList(elements[0]);
      case SINGLETON_MAP -> Collections.singletonMap(elements[0], elements[1]);
      case COPIES -> throw new IllegalStateException();
    };
  }

  /** A stream makes the same kind of list, but with nulls in it if need be. */
  private static List<?> listOf(@Nullable Object[] elements) {
    return Arrays.asList(elements).contains(null)
        ? Stream.of(elements).toList()
        : List.of(elements);
  }

  private static Map<?, ?> mapOf(@Nullable Object[] elements) {
    Map<@Nullable Object, @Nullable Object> map =
        new HashMap<>(MapRule.capacityFor(elements.length / 2));
    for (int i = 0; i < elements.length; i += 2) {
      map.put(elements[i], elements[i + 1]);
    }
    return Map.copyOf(map);
  }
}
