package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects of the application's classes: all their fields. Reading runs no constructor of them. */
final class ObjectSerializer extends ValueSerializer {

  private final ObjectField[] fields;
  private final ObjectField[] open;
  private final boolean hasFinalFields;
  private final Instantiator instantiator;

  /** Made for the first copy; many classes never have one. */
  private volatile @Nullable ShallowCopy shallowCopy;

  /**
   * @throws Refusal if the fields can't be opened
   */
  ObjectSerializer(Class<?> type, Opener opener) {
    super(Identity.EARLY);
    this.fields = fieldsOf(type, opener);
    this.open = ObjectField.openOf(fields);
    this.hasFinalFields = Immutability.hasFinalFields(type);
    this.instantiator = Instantiator.of(type, opener);
  }

  static ObjectField[] fieldsOf(Class<?> type, Opener opener) {
    List<ObjectField> opened = new ArrayList<>();
    for (Field field : Layouts.fieldsOf(type)) {
      opened.add(new ObjectField(opener.open(field, field.getDeclaringClass())));
    }
    return opened.toArray(new ObjectField[0]);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writeFields(writer, value);
  }

  /**
   * The object around that of an inner class is written with it only if it is a part of the value,
   * or can't change: else a copy of it would not tell what the real one does.
   */
  private static void requireOuter(GraphWriter writer, ObjectField field, Object value)
      throws IllegalAccessException {
    Object outer = field.get(value);
    if (outer != null && !writer.has(outer) && !writer.isData(outer)) {
      throw ApplicationParts.refusal(
          outer.getClass(), "which is around an object of its inner class");
    }
  }

  void writeFields(GraphWriter writer, Object value) {
    int i = 0;
    try {
      for (; i < fields.length; i++) {
        if (fields[i].isOuter()) {
          requireOuter(writer, fields[i], value);
        }
        fields[i].write(writer, value);
      }
    } catch (Refusal e) {
      throw e.within(fields[i].step);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Object value = instantiate();
    reader.place(value);
    readFields(reader, value);
    return value;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.sameFields(fields, written, read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    try {
      Object copy = hasFinalFields ? null : shallowCopyOf(value);
      for (ObjectField field : open) {
        Object part = field.get(value);
        Object partCopy = copier.copy(part);
        if (partCopy != part) {
          if (copy == null) {
            copy = shallowCopyOf(value);
          }
          field.set(copy, partCopy);
        }
      }
      return copy == null ? value : copy;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object shallowCopyOf(Object value) throws IllegalAccessException {
    ShallowCopy shallow = shallowCopy;
    if (shallow == null) {
      shallow = ShallowCopy.of(fields);
      shallowCopy = shallow;
    }
    Object copy = instantiate();
    shallow.give(copy, value);
    return copy;
  }

  Object instantiate() {
    try {
      return instantiator.instantiate();
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt("An object can't be made: " + e.getMessage() + ".");
    }
  }

  void readFields(GraphReader reader, Object value) {
    try {
      for (ObjectField field : fields) {
        field.read(reader, value);
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
