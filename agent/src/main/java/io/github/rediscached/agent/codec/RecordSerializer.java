package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records: their components in order, and the canonical constructor. */
final class RecordSerializer extends ValueSerializer {

  private final ObjectField[] components;
  private final Constructor<?> constructor;

  /**
   * @throws Refusal if fields or constructor can't be opened
   */
  RecordSerializer(Class<?> type, Opener opener) {
    super(Identity.LATE);
    RecordComponent[] declared = type.getRecordComponents();
    this.components = new ObjectField[declared.length];
    Class<?>[] types = new Class<?>[declared.length];
    try {
      for (int i = 0; i < declared.length; i++) {
        types[i] = declared[i].getType();
        components[i] =
            new ObjectField(opener.open(type.getDeclaredField(declared[i].getName()), type));
      }
      this.constructor = opener.open(type.getDeclaredConstructor(types), type);
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(type, "a record that is not complete", "Return another type.");
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    requireSameFrom(value);
    int i = 0;
    try {
      for (; i < components.length; i++) {
        components[i].write(writer, value);
      }
    } catch (Refusal e) {
      throw e.within(components[i].step);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reading calls the constructor with what is in the record; one that converts what it is given,
   * or draws a number, would make another record of it.
   */
  private void requireSameFrom(Object value) {
    boolean same;
    try {
      @Nullable Object[] parts = valuesOf(value);
      Object again = constructor.newInstance(parts);
      same = true;
      for (int i = 0; same && i < parts.length; i++) {
        same = isSame(components[i].get(again), parts[i]);
      }
    } catch (ReflectiveOperationException e) {
      same = false;
    }
    if (!same) {
      throw Refusal.of(
          value.getClass(),
          "whose constructor, given the components of this record, makes another one",
          "Let the constructor keep what it is given, and convert in a static method.");
    }
  }

  /** A constructor may copy lists and arrays. */
  private static boolean isSame(@Nullable Object one, @Nullable Object other) {
    try {
      return one == other
          || (one != null
              && other != null
              && one.getClass() == other.getClass()
              && Objects.deepEquals(one, other));
    } catch (RuntimeException e) {
      // Of the application's own equals.
      return false;
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].readBoxed(reader);
    }
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw Unreadable.corrupt("The constructor of " + type.getName() + " refused its values.");
    }
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    return comparison.sameFields(components, written, read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    try {
      @Nullable Object[] copies = null;
      for (int i = 0; i < components.length; i++) {
        if (!components[i].isOpen) {
          continue;
        }
        Object part = components[i].get(value);
        Object copy = copier.copy(part);
        if (copy != part) {
          if (copies == null) {
            copies = valuesOf(value);
          }
          copies[i] = copy;
        }
      }
      return copies == null ? value : copyOf(copies);
    } catch (ReflectiveOperationException e) {
      throw new NotCopyable();
    }
  }

  private @Nullable Object[] valuesOf(Object value) throws IllegalAccessException {
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].get(value);
    }
    return values;
  }

  /**
   * A constructor may keep other values than it is given. Reading gives it what was written, a copy
   * what it has made of that: only where it makes nothing of it are both the same.
   */
  private Object copyOf(@Nullable Object[] copies) throws ReflectiveOperationException {
    Object copy = constructor.newInstance(copies);
    for (int i = 0; i < copies.length; i++) {
      if (!components[i].has(copy, copies[i])) {
        throw new NotCopyable();
      }
    }
    return copy;
  }
}
