package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Jdk;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One field of a class: primitives without a box, and the JDK's final scalar types without their
 * class, which is known from the field. Immutable.
 */
final class ObjectField {

  private enum Shape {
    BOOLEAN,
    BYTE,
    SHORT,
    CHAR,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    TEXT,
    SCALAR,
    OBJECT
  }

  final Field field;
  private final Shape shape;
  private final @Nullable Serializer<Object> scalar;
  final String step;
  private final boolean isOuter;

  /** Whether its type alone does not tell that nobody can change its value. */
  final boolean isOpen;

  /**
   * @param field accessible
   */
  ObjectField(Field field) {
    this.field = field;
    this.scalar = scalarSerializerOf(field.getType());
    this.shape = shapeOf(field.getType(), scalar != null);
    this.step = "." + field.getName();
    this.isOuter = field.isSynthetic() && field.getName().startsWith("this$");
    this.isOpen = !Immutability.isTold(field.getType());
  }

  private static @Nullable Serializer<Object> scalarSerializerOf(Class<?> type) {
    if (!Modifier.isFinal(type.getModifiers()) || !Jdk.owns(type)) {
      return null;
    }
    KnownClass known = BuiltIns.of(type);
    return known != null && known.isScalar() ? known.serializer : null;
  }

  private static Shape shapeOf(Class<?> type, boolean isScalar) {
    if (type.isPrimitive()) {
      return Shape.valueOf(type.getName().toUpperCase(Locale.ROOT));
    }
    if (type == String.class) {
      return Shape.TEXT;
    }
    return isScalar ? Shape.SCALAR : Shape.OBJECT;
  }

  void write(GraphWriter writer, Object holder) throws IllegalAccessException {
    Output out = writer.out;
    switch (shape) {
      case BOOLEAN -> out.writeBoolean(field.getBoolean(holder));
      case BYTE -> out.writeByte(field.getByte(holder));
      case SHORT -> out.writeShort(field.getShort(holder));
      case CHAR -> out.writeChar(field.getChar(holder));
      case INT -> out.writeVarInt(field.getInt(holder), false);
      case LONG -> out.writeVarLong(field.getLong(holder), false);
      case FLOAT -> out.writeFloat(field.getFloat(holder));
      case DOUBLE -> out.writeDouble(field.getDouble(holder));
      case TEXT -> writer.writeText((String) field.get(holder));
      case SCALAR -> writeScalar(writer, field.get(holder));
      case OBJECT -> writer.write(field.get(holder));
    }
  }

  private void writeScalar(GraphWriter writer, @Nullable Object value) {
    writer.out.writeBoolean(value != null);
    if (value != null && scalar != null) {
      writer.writeContent(scalar, value);
    }
  }

  void read(GraphReader reader, Object holder) throws IllegalAccessException {
    Input in = reader.in;
    switch (shape) {
      case BOOLEAN -> field.setBoolean(holder, in.readBoolean());
      case BYTE -> field.setByte(holder, in.readByte());
      case SHORT -> field.setShort(holder, in.readShort());
      case CHAR -> field.setChar(holder, in.readChar());
      case INT -> field.setInt(holder, in.readVarInt(false));
      case LONG -> field.setLong(holder, in.readVarLong(false));
      case FLOAT -> field.setFloat(holder, in.readFloat());
      case DOUBLE -> field.setDouble(holder, in.readDouble());
      case TEXT, SCALAR, OBJECT -> field.set(holder, readReference(reader));
    }
  }

  static ObjectField[] openOf(ObjectField[] fields) {
    List<ObjectField> open = new ArrayList<>();
    for (ObjectField field : fields) {
      if (field.isOpen) {
        open.add(field);
      }
    }
    return open.toArray(new ObjectField[0]);
  }

  /** Whether the compiler put the enclosing object into it. */
  boolean isOuter() {
    return isOuter;
  }

  /** The value, primitives in a box. */
  @Nullable Object get(Object holder) throws IllegalAccessException {
    return field.get(holder);
  }

  void set(Object holder, @Nullable Object value) throws IllegalAccessException {
    field.set(holder, value);
  }

  /** Whether {@code equals} says all of its values. */
  boolean isScalar() {
    return shape != Shape.OBJECT && !(scalar instanceof ValueSerializer);
  }

  /** Whether an object has a value, primitives in a box and references the very same. */
  boolean has(Object holder, @Nullable Object value) throws IllegalAccessException {
    Object present = field.get(holder);
    return present == value || (field.getType().isPrimitive() && Objects.equals(present, value));
  }

  /** Reads the value in a box, for a constructor. */
  @Nullable Object readBoxed(GraphReader reader) {
    Input in = reader.in;
    return switch (shape) {
      case BOOLEAN -> in.readBoolean();
      case BYTE -> in.readByte();
      case SHORT -> in.readShort();
      case CHAR -> in.readChar();
      case INT -> in.readVarInt(false);
      case LONG -> in.readVarLong(false);
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case TEXT, SCALAR, OBJECT -> readReference(reader);
    };
  }

  private @Nullable Object readReference(GraphReader reader) {
    return switch (shape) {
      case TEXT -> reader.readText();
      case SCALAR ->
          scalar != null && reader.in.readBoolean()
              ? reader.readContent(scalar, field.getType())
              : null;
      default -> reader.read();
    };
  }
}
