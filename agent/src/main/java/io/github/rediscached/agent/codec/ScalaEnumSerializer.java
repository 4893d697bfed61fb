package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Refusal;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Constants of an enum of Scala 3: by number and name, which must be the same where they are read.
 * The class of a constant is anonymous, so an entry names its enum. A case with parameters is an
 * ordinary object. They are the application's classes, so they are known by name.
 */
final class ScalaEnumSerializer extends ValueSerializer {

  private static final String ENUM = "scala.reflect.Enum";
  private static final String CONSTANT = "scala.runtime.EnumValue";
  private static final String REMEDY = "Return its name instead.";

  ScalaEnumSerializer() {
    super(Identity.EARLY);
    setImmutable(true);
  }

  /** The enum that a class is, or of which it is the class of constants; null for any other. */
  static @Nullable Class<?> enumOf(Class<?> type) {
    if (type.isInterface() || !ByName.isA(type, ENUM)) {
      return null;
    }
    if (isConstant(type)) {
      return type.getSuperclass();
    }
    return Modifier.isAbstract(type.getModifiers()) ? type : null;
  }

  /** Whether all objects of a class are constants. */
  static boolean isConstant(Class<?> type) {
    return ByName.isA(type, CONSTANT);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    Class<?> type = enumOf(value.getClass());
    if (type == null
        || !(ByName.call(value, "ordinal", REMEDY) instanceof Integer ordinal)
        || constantOf(type, ordinal) != value) {
      throw Refusal.of(value.getClass(), "a constant that its enum does not know", REMEDY);
    }
    writer.out.writeVarInt(ordinal, true);
    writer.writeText(nameOf(value));
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    Object constant = constantOf(type, reader.in.readVarInt(true));
    if (!type.isInstance(constant) || !reader.readPresentText().equals(nameOf(constant))) {
      throw Unreadable.foreign("The constants of " + type.getName() + " are others here.");
    }
    return constant;
  }

  private static @Nullable String nameOf(Object constant) {
    return ByName.call(constant, "productPrefix", REMEDY) instanceof String name ? name : null;
  }

  /** The constant of that number; null if there is none. */
  private static @Nullable Object constantOf(Class<?> type, int ordinal) {
    try {
      Class<?> companion = Class.forName(type.getName() + "$", true, type.getClassLoader());
      return companion
          .getMethod("fromOrdinal", int.class)
          .invoke(companion.getField("MODULE$").get(null), ordinal);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
