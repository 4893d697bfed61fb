package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * Values of Scala's {@code Enumeration}: that object, and number and name within it, which must be
 * the same where they are read. They are the application's classes, so they are known by name.
 */
final class EnumerationSerializer extends ValueSerializer {

  private static final String ENUMERATION = "scala.Enumeration";
  private static final String VALUE = "scala.Enumeration$Value";
  private static final String REMEDY = "Return its name instead.";

  EnumerationSerializer() {
    super(Identity.LATE);
    setImmutable(true);
  }

  /** Whether all objects of a class are such values. */
  static boolean isValue(Class<?> type) {
    return ByName.extendsClass(type, VALUE);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Object enumeration = ByName.call(value, "scala$Enumeration$$outerEnum", REMEDY);
    if (enumeration == null
        || !(ByName.call(value, "id", REMEDY) instanceof Integer id)
        || valueOf(enumeration, id) != value) {
      throw Refusal.of(value.getClass(), "which its enumeration does not know", REMEDY);
    }
    writer.write(enumeration, ".outerEnum");
    writer.out.writeVarInt(id, false);
    writer.writeText(value.toString());
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Object enumeration = reader.readPresent();
    if (!ByName.extendsClass(enumeration.getClass(), ENUMERATION)) {
      throw Unreadable.corrupt("A value of an enumeration lacks it.");
    }
    Object value = valueOf(enumeration, reader.in.readVarInt(false));
    if (!type.isInstance(value) || !reader.readPresentText().equals(value.toString())) {
      throw Unreadable.foreign(
          "The values of " + enumeration.getClass().getName() + " are others here.");
    }
    return value;
  }

  /** The value of that number; null if there is none. */
  private static @Nullable Object valueOf(Object enumeration, int id) {
    try {
      return enumeration.getClass().getMethod("apply", int.class).invoke(enumeration, id);
    } catch (InvocationTargetException e) {
      return null;
    } catch (ReflectiveOperationException e) {
      throw Refusal.of(enumeration.getClass(), "which has no values by number", REMEDY);
    }
  }
}
