package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Opener;
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
final class FixedCollectionSerializer extends ValueSerializer {

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

  /** The class of such lists as streams make, which is not public. */
  private static final JdkField ALLOWS_NULLS =
      new JdkField(Stream.of(1, 2, 3).toList().getClass(), "allowNulls");

  private final Type immutable;

  FixedCollectionSerializer(Type immutable) {
    super(Identity.LATE);
    this.immutable = immutable;
  }

  @Override
  boolean hashesParts() {
    return true;
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
      if (immutable == Type.LIST_OF) {
        writer.out.writeBoolean(allowsNulls(writer.opener(), value));
      }
      writer.writeElements((Collection<?>) value);
    }
    if (isKeyed()) {
      writer.endKeyed(mark, value);
    }
  }

  /** Whether nobody can replace an element. */
  boolean hasFixedElements() {
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
    boolean nulls = immutable == Type.LIST_OF && reader.in.readBoolean();
    boolean isMap = immutable == Type.MAP_OF || immutable == Type.SINGLETON_MAP;
    int length = reader.readLength(isMap ? 2 : 1);
    @Nullable Object[] elements = reader.readElements(isMap ? 2 * length : length);
    if (isKeyed()) {
      reader.requireComplete(mark);
    }
    return of(elements, nulls);
  }

  /** Those of streams do; the others throw even when they are asked whether they contain one. */
  private static boolean allowsNulls(Opener opener, Object list) {
    // Those of one or two elements, and parts of lists, are of other classes, without the field.
    return list.getClass() == ALLOWS_NULLS.declaring()
        && Boolean.TRUE.equals(ALLOWS_NULLS.get(opener, list));
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    @Nullable Object[] one = elementsOf(written);
    @Nullable Object[] other = elementsOf(read);
    if (immutable == Type.COPIES && ((List<?>) written).size() != ((List<?>) read).size()) {
      return false;
    }
    return isKeyed()
        ? comparison.sameKeyed(written, one, other, immutable == Type.MAP_OF ? 2 : 1)
        : comparison.sameInOrder(written, one, other);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    @Nullable Object[] elements = elementsOf(value);
    if (!copier.copyEach(elements) && hasFixedElements()) {
      return value;
    }
    return immutable == Type.COPIES
        ? Collections.nCopies(((List<?>) value).size(), elements[0])
        : of(elements, immutable == Type.LIST_OF && allowsNulls(copier.opener(), value));
  }

  /** Its elements, or of many copies the one that there is. */
  private @Nullable Object[] elementsOf(Object value) {
    if (value instanceof Map<?, ?> map) {
      return MapSerializer.elementsOf(map);
    }
    if (immutable == Type.COPIES) {
      List<?> copies = (List<?>) value;
      return copies.isEmpty() ? new Object[0] : new @Nullable Object[] {copies.get(0)};
    }
    return ((Collection<?>) value).toArray();
  }

  private Object of(@Nullable Object[] elements, boolean nulls) {
    return switch (immutable) {
      case LIST_OF ->
          nulls || Arrays.asList(elements).contains(null)
              ? Stream.of(elements).toList()
              : List.of(elements);
      case SET_OF -> Set.of(elements);
      case MAP_OF -> mapOf(elements);
      case AS_LIST -> Arrays.asList(elements);
      case SINGLETON -> Collections.singleton(elements[0]);
      case SINGLETON_LIST -> Collections.singletonList(elements[0]);
      case SINGLETON_MAP -> Collections.singletonMap(elements[0], elements[1]);
      case COPIES -> throw new IllegalStateException();
    };
  }

  private static Map<?, ?> mapOf(@Nullable Object[] elements) {
    Map<@Nullable Object, @Nullable Object> map =
        new HashMap<>(MapSerializer.capacityFor(elements.length / 2));
    for (int i = 0; i < elements.length; i += 2) {
      map.put(elements[i], elements[i + 1]);
    }
    Unreadable.requireSize(elements.length / 2, map.size());
    return Map.copyOf(map);
  }
}
