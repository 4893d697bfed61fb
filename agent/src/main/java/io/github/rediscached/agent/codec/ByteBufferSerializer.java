package io.github.rediscached.agent.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Byte buffers: all their bytes, position, limit, order, and whether they can be written to. One
 * outside of the heap comes back as one within it, a part of an array as an array of its own, and a
 * mark is forgotten.
 */
final class ByteBufferSerializer extends ValueSerializer {

  ByteBufferSerializer() {
    super(Identity.EARLY);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    ByteBuffer buffer = (ByteBuffer) value;
    Output out = writer.out;
    int length = buffer.capacity();
    if (length > out.getMaxCapacity() - out.position()) {
      // A file may be behind it, which needs no copy first to be too large.
      throw new KryoBufferOverflowException("buffer");
    }
    writer.writeLength(length);
    out.writeBytes(bytesOf(buffer));
    out.writeVarInt(buffer.position(), true);
    out.writeVarInt(buffer.limit(), true);
    out.writeBoolean(buffer.order() == ByteOrder.BIG_ENDIAN);
    out.writeBoolean(buffer.isReadOnly());
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    byte[] bytes = reader.in.readBytes(reader.readLength());
    int position = reader.in.readVarInt(true);
    int limit = reader.in.readVarInt(true);
    ByteOrder order = reader.in.readBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return bufferOf(bytes, position, limit, order, reader.in.readBoolean());
  }

  @Override
  Object copy(GraphCopier copier, Object value) {
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
