package io.github.rediscached.agent.codec;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDK's collections that are complete when they are created. */
final class FixedCollectionSerializer extends ElementsSerializer {

  /** Which one. {@link BuiltIns} numbers them in this order, which is part of the format. */
  enum Type {
    LIST_OF(List.of().getClass()),
    SET_OF(Set.of().getClass()),
    MAP_OF(Map.of().getClass()),
    AS_LIST(Arrays.asList(1).getClass()),
    SINGLETON(Collections.singleton(1).getClass()),
    SINGLETON_LIST(Collections.singletonList(1).getClass()),
    SINGLETON_MAP(Collections.singletonMap(1, 1).getClass()),
    COPIES(Collections.nCopies(1, 1).getClass());

    final Class<?> type;

    Type(Class<?> type) {
      this.type = type;
    }
  }

  private final Type type;

  FixedCollectionSerializer(Type type) {
    super(
        Identity.LATE,
        Map.class.isAssignableFrom(type.type),
        type == Type.SET_OF || type == Type.MAP_OF ? Order.KEYED : Order.LISTED,
        type == Type.LIST_OF ? Extra.NULLS : Extra.NONE);
    this.type = type;
  }

  /** Whether no element can be replaced. */
  boolean hasFixedElements() {
    return type != Type.AS_LIST;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    if (type == Type.COPIES) {
      writer.out.writeVarInt(((List<?>) value).size(), true);
      @Nullable Object[] one = elementsOf(value);
      writer.write(one.length == 0 ? null : one[0], "[]");
    } else {
      super.write(writer, value);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> ignored) {
    return type == Type.COPIES
        ? Collections.nCopies(reader.in.readVarInt(true), reader.read())
        : super.read(reader, ignored);
  }

  /** Whether a part of a stream's list allows nulls can't be seen, so that is not compared. */
  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return (type != Type.COPIES || ((List<?>) written).size() == ((List<?>) read).size())
        && sameElements(comparison, written, elementsOf(written), elementsOf(read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    @Nullable Object[] elements = elementsOf(value);
    if (!copier.copyEach(elements) && hasFixedElements()) {
      return value;
    }
    return type == Type.COPIES
        ? Collections.nCopies(((List<?>) value).size(), elements[0])
        : build(type.type, elements, extra.of(copier.opener, value));
  }

  /** Its elements, or of many copies the one that there is. */
  @Override
  @Nullable Object[] elementsOf(Object value) {
    if (type == Type.COPIES) {
      List<?> copies = (List<?>) value;
      return copies.subList(0, Math.min(1, copies.size())).toArray();
    }
    return super.elementsOf(value);
  }

  /** Lists of streams hold nulls; the others throw even when they are asked for one. */
  @Override
  Object build(Class<?> ignored, @Nullable Object[] elements, @Nullable Object nulls) {
    return switch (type) {
      case LIST_OF ->
          Boolean.TRUE.equals(nulls) || Arrays.asList(elements).contains(null)
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
    Map<?, ?> map = new HashMap<>(CollectionSerializer.capacityFor(elements.length / 2));
    new Elements(map, elements).fill();
    return Map.copyOf(map);
  }
}
