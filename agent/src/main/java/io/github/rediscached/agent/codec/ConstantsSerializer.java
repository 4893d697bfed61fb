package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classes with {@link Constants}. A constant is written as its number and comes back as the same
 * object, since code compares it by {@code ==}. Other instances are left to the serializer of their
 * content.
 */
final class ConstantsSerializer extends ValueSerializer {

  private final Class<?> type;
  private final List<Field> constants;
  private final @Nullable ValueSerializer others;
  private final @Nullable Refusal whyNoOthers;

  /**
   * @param others null if there is no serializer for instances that are no constants, for this
   *     reason
   */
  ConstantsSerializer(
      Class<?> type,
      List<Field> constants,
      Opener opener,
      @Nullable ValueSerializer others,
      @Nullable Refusal whyNoOthers) {
    super(others != null && others.identity == Identity.LATE ? Identity.LATE : Identity.EARLY);
    this.type = type;
    this.constants = constants;
    this.others = others;
    this.whyNoOthers = whyNoOthers;
    for (Field constant : constants) {
      opener.open(constant, constant.getDeclaringClass());
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    int index = indexOf(value);
    writer.out.writeVarInt(index + 1, true);
    if (index >= 0) {
      return;
    }
    if (others == null) {
      throw whyNoOthers == null ? new IllegalStateException(type.getName()) : whyNoOthers.again();
    }
    others.write(writer, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> readType) {
    int index = reader.in.readVarInt(true) - 1;
    if (index < 0) {
      if (others == null) {
        throw Unreadable.corrupt("A class of which there are only constants has another object.");
      }
      return others.read(reader, readType);
    }
    Object constant = index < constants.size() ? valueOf(constants.get(index)) : null;
    if (constant == null) {
      throw Unreadable.foreign("A constant of " + type.getName() + " is not there.");
    }
    return constant;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return indexOf(written) < 0
        && indexOf(read) < 0
        && others != null
        && others.isSame(comparison, written, read);
  }

  @Override
  boolean comesBackAs(Class<?> written, Class<?> read) {
    return written == read || (others != null && others.comesBackAs(written, read));
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    if (indexOf(value) >= 0) {
      return value;
    }
    return others == null ? super.copy(copier, value) : others.copy(copier, value);
  }

  /** Place of the constant that the value is, or -1. */
  private int indexOf(Object value) {
    for (int i = 0; i < constants.size(); i++) {
      if (valueOf(constants.get(i)) == value) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable Object valueOf(Field constant) {
    try {
      return constant.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
