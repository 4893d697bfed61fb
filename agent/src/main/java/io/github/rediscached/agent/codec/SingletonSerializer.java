package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Classes that keep an instance of their own in a static field, as Kotlin's and Scala's objects do:
 * that very instance comes back. Other instances, if the class has any, are ordinary objects.
 */
final class SingletonSerializer extends ValueSerializer {

  private final Field instance;
  private final @Nullable ObjectSerializer others;
  private final Class<?> type;

  /**
   * @param others null if the class is written as this instance or not at all
   */
  SingletonSerializer(Class<?> type, Field instance, @Nullable ObjectSerializer others) {
    super(Identity.EARLY);
    this.type = type;
    this.instance = instance;
    this.others = others;
  }

  /** The field with the class's own instance, or null. */
  static @Nullable Field instanceFieldOf(Class<?> type) {
    for (String name : new String[] {"INSTANCE", "MODULE$"}) {
      try {
        Field field = type.getDeclaredField(name);
        int modifiers = field.getModifiers();
        if (Modifier.isStatic(modifiers)
            && Modifier.isFinal(modifiers)
            && field.getType() == type) {
          return field;
        }
      } catch (NoSuchFieldException e) {
        // An ordinary class.
      }
    }
    return null;
  }

  @Override
  void write(GraphWriter writer, Object value) {
    boolean isInstance = value == instance();
    writer.out.writeBoolean(isInstance);
    if (isInstance) {
      return;
    }
    if (others == null) {
      throw Refusal.of(
          type, "which replaces itself when Java serialises it", "Return plain data instead.");
    }
    others.write(writer, value);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    if (!reader.in.readBoolean()) {
      if (others == null) {
        throw Unreadable.corrupt("An object that there is one of was written as another.");
      }
      return others.read(reader, type);
    }
    Object value = instance();
    if (value == null) {
      throw Unreadable.corrupt("An object that there is one of is missing.");
    }
    return value;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Object one = instance();
    return written != one
        && read != one
        && others != null
        && others.isSame(comparison, written, read);
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
    if (value == instance()) {
      return value;
    }
    return others == null ? super.copy(copier, value) : others.copy(copier, value);
  }

  private @Nullable Object instance() {
    try {
      return instance.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
