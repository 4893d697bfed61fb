package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Byte buffers: all bytes, position, limit, order, and whether they are read-only. The copy lies in
 * the heap, has an array of its own, and has no mark.
 */
final class ByteBufferSerializer extends Serializer<Object> {

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    ByteBuffer buffer = (ByteBuffer) value;
    int length = buffer.capacity();
    requireRoom(out, length);
    Text.writeBytes(out, bytesOf(buffer));
    out.writeVarInt(buffer.position(), true);
    out.writeVarInt(buffer.limit(), true);
    out.writeBoolean(buffer.order() == ByteOrder.BIG_ENDIAN);
    out.writeBoolean(buffer.isReadOnly());
  }

  /** A buffer may map a huge file, which must not be copied only to be refused. */
  static void requireRoom(Output out, int length) {
    if (length > out.getMaxCapacity() - out.position()) {
      throw new KryoBufferOverflowException("buffer");
    }
  }

  @Override
  public Object read(Kryo kryo, Input in, Class<? extends Object> type) {
    byte[] bytes = Text.readBytes(in);
    int position = in.readVarInt(true);
    int limit = in.readVarInt(true);
    ByteOrder order = in.readBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return bufferOf(bytes, position, limit, order, in.readBoolean());
  }

  @Override
  public Object copy(Kryo kryo, Object value) {
    ByteBuffer buffer = (ByteBuffer) value;
    return bufferOf(
        bytesOf(buffer), buffer.position(), buffer.limit(), buffer.order(), buffer.isReadOnly());
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(bytes);
    return bytes;
  }

  private static ByteBuffer bufferOf(
      byte[] bytes, int position, int limit, ByteOrder order, boolean isReadOnly) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return (isReadOnly ? buffer.asReadOnlyBuffer() : buffer)
        .order(order)
        .limit(limit)
        .position(position);
  }
}
