package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Arrays of primitives: Kryo's serializers of these believe the length that the bytes announce. */
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
    switch (elements) {
      case BYTES -> Text.writeBytes(out, (byte[]) value);
      case SHORTS -> {
        short[] array = (short[]) value;
        out.writeVarInt(array.length, true);
        out.writeShorts(array, 0, array.length);
      }
      case CHARS -> {
        char[] array = (char[]) value;
        out.writeVarInt(array.length, true);
        out.writeChars(array, 0, array.length);
      }
      case INTS -> {
        int[] array = (int[]) value;
        out.writeVarInt(array.length, true);
        for (int element : array) {
          out.writeVarInt(element, false);
        }
      }
      case LONGS -> writeLongs(out, (long[]) value);
      case FLOATS -> {
        float[] array = (float[]) value;
        out.writeVarInt(array.length, true);
        out.writeFloats(array, 0, array.length);
      }
      case DOUBLES -> {
        double[] array = (double[]) value;
        out.writeVarInt(array.length, true);
        out.writeDoubles(array, 0, array.length);
      }
      case BOOLEANS -> {
        boolean[] array = (boolean[]) value;
        out.writeVarInt(array.length, true);
        out.writeBooleans(array, 0, array.length);
      }
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    return switch (elements) {
      case BYTES -> in.readBytes(Text.readLength(in));
      case SHORTS -> in.readShorts(Text.readLength(in, Short.BYTES));
      case CHARS -> in.readChars(Text.readLength(in, Character.BYTES));
      case INTS -> readInts(in, Text.readLength(in));
      case LONGS -> readLongs(in, Text.readLength(in));
      case FLOATS -> in.readFloats(Text.readLength(in, Float.BYTES));
      case DOUBLES -> in.readDoubles(Text.readLength(in, Double.BYTES));
      case BOOLEANS -> in.readBooleans(Text.readLength(in));
    };
  }

  @Override
  public Object copy(Kryo kryo, Object value) {
    return switch (elements) {
      case BYTES -> ((byte[]) value).clone();
      case SHORTS -> ((short[]) value).clone();
      case CHARS -> ((char[]) value).clone();
      case INTS -> ((int[]) value).clone();
      case LONGS -> ((long[]) value).clone();
      case FLOATS -> ((float[]) value).clone();
      case DOUBLES -> ((double[]) value).clone();
      case BOOLEANS -> ((boolean[]) value).clone();
    };
  }

  static int[] readInts(Input in, int length) {
    int[] array = new int[length];
    for (int i = 0; i < length; i++) {
      array[i] = in.readVarInt(false);
    }
    return array;
  }

  static void writeLongs(Output out, long[] array) {
    out.writeVarInt(array.length, true);
    for (long element : array) {
      out.writeVarLong(element, false);
    }
  }

  static long[] readLongs(Input in, int length) {
    long[] array = new long[length];
    for (int i = 0; i < length; i++) {
      array[i] = in.readVarLong(false);
    }
    return array;
  }
}
