package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;

/**
 * Arrays of primitives. Kryo's own serializers trust the length that the bytes announce, so that a
 * few bytes could fill the memory.
 */
final class PrimitiveArraySerializer extends Serializer<Object> {

  /** The type of the elements. */
  enum Type {
    BYTES(byte[].class),
    SHORTS(short[].class),
    CHARS(char[].class),
    INTS(int[].class),
    LONGS(long[].class),
    FLOATS(float[].class),
    DOUBLES(double[].class),
    BOOLEANS(boolean[].class);

    final Class<?> array;

    Type(Class<?> array) {
      this.array = array;
    }
  }

  private final Type elements;

  PrimitiveArraySerializer(Type elements) {
    this.elements = elements;
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    if (elements == Type.BYTES) {
      Text.writeBytes(out, (byte[]) value);
      return;
    }
    int length = Array.getLength(value);
    out.writeVarInt(length, true);
    switch (elements) {
      case SHORTS -> out.writeShorts((short[]) value, 0, length);
      case CHARS -> out.writeChars((char[]) value, 0, length);
      case INTS -> out.writeInts((int[]) value, 0, length, false);
      case LONGS -> out.writeLongs((long[]) value, 0, length, false);
      case FLOATS -> out.writeFloats((float[]) value, 0, length);
      case DOUBLES -> out.writeDoubles((double[]) value, 0, length);
      default -> out.writeBooleans((boolean[]) value, 0, length);
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return switch (elements) {
      case BYTES -> in.readBytes(Text.readLength(in));
      case SHORTS -> in.readShorts(Text.readLength(in, Short.BYTES));
      case CHARS -> in.readChars(Text.readLength(in, Character.BYTES));
      case INTS -> in.readInts(Text.readLength(in), false);
      case LONGS -> in.readLongs(Text.readLength(in), false);
      case FLOATS -> in.readFloats(Text.readLength(in, Float.BYTES));
      case DOUBLES -> in.readDoubles(Text.readLength(in, Double.BYTES));
      case BOOLEANS -> in.readBooleans(Text.readLength(in));
    };
  }

  @Override
  public Object copy(Kryo kryo, Object value) {
    int length = Array.getLength(value);
    Object copy = Array.newInstance(elements.array.getComponentType(), length);
    System.arraycopy(value, 0, copy, 0, length);
    return copy;
  }
}
