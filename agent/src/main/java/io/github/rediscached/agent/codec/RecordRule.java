package io.github.rediscached.agent.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Records: their components in order, and the canonical constructor. */
final class RecordRule extends Rule {

  private final ObjectField[] components;
  private final Constructor<?> constructor;

  /**
   * @throws Refusal if fields or constructor can't be opened
   */
  RecordRule(Class<?> type, Opener opener) {
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
