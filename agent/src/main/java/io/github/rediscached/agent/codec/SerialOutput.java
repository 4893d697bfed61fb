package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Text;
import java.io.IOException;
import java.io.NotActiveException;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stream for a class's {@code writeObject} or {@code writeExternal}: it writes into the entry
 * and never in the format of Java's serialisation. {@link SerialFormSerializer} makes one for each
 * class of an object.
 */
final class SerialOutput extends ObjectOutputStream {

  private final GraphWriter writer;
  private final @Nullable Object object;
  private final ObjectField[] fields;
  private @Nullable NamedValues put;

  /**
   * @param object whose {@code defaultWriteObject} may be asked for; null if there is none
   * @param fields those of it that {@code defaultWriteObject} writes
   */
  SerialOutput(GraphWriter writer, @Nullable Object object, ObjectField[] fields)
      throws IOException {
    this.writer = writer;
    this.object = object;
    this.fields = fields;
  }

  @Override
  protected void writeObjectOverride(@Nullable Object child) {
    writer.write(child, ".writeObject()");
  }

  @Override
  public void writeUnshared(@Nullable Object child) {
    writeObjectOverride(child);
  }

  @Override
  public void defaultWriteObject() throws IOException {
    if (object == null) {
      throw new NotActiveException("defaultWriteObject");
    }
    writer.out.writeVarInt(fields.length, true);
    for (ObjectField field : fields) {
      Text.write(writer.out, field.field.getName());
      writer.write(valueOf(field, object), field.step);
    }
  }

  private static @Nullable Object valueOf(ObjectField field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public PutField putFields() {
    if (put == null) {
      put = new NamedValues();
    }
    return put;
  }

  @Override
  public void writeFields() throws IOException {
    if (put == null) {
      throw new NotActiveException("writeFields");
    }
    Map<String, @Nullable Object> values = put.values;
    writer.out.writeVarInt(values.size(), true);
    for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
      Text.write(writer.out, value.getKey());
      writer.write(value.getValue(), "." + value.getKey());
    }
  }

  @Override
  public void write(int value) {
    writer.out.writeByte(value);
  }

  @Override
  public void write(byte[] bytes) {
    writer.out.writeBytes(bytes);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    writer.out.writeBytes(bytes, from, length);
  }

  @Override
  public void writeBoolean(boolean value) {
    writer.out.writeBoolean(value);
  }

  @Override
  public void writeByte(int value) {
    writer.out.writeByte(value);
  }

  @Override
  public void writeShort(int value) {
    writer.out.writeShort(value);
  }

  @Override
  public void writeChar(int value) {
    writer.out.writeChar((char) value);
  }

  @Override
  public void writeInt(int value) {
    writer.out.writeInt(value);
  }

  @Override
  public void writeLong(long value) {
    writer.out.writeLong(value);
  }

  @Override
  public void writeFloat(float value) {
    writer.out.writeFloat(value);
  }

  @Override
  public void writeDouble(double value) {
    writer.out.writeDouble(value);
  }

  @Override
  public void writeBytes(String text) {
    for (int i = 0; i < text.length(); i++) {
      writer.out.writeByte(text.charAt(i));
    }
  }

  @Override
  public void writeChars(String text) {
    for (int i = 0; i < text.length(); i++) {
      writer.out.writeChar(text.charAt(i));
    }
  }

  @Override
  public void writeUTF(String text) {
    Text.write(writer.out, text);
  }

  @Override
  public void useProtocolVersion(int version) {}

  @Override
  public void reset() {}

  @Override
  public void flush() {}

  @Override
  public void close() {}

  /** Fields as a class names them, which need not be those that it has. */
  private static final class NamedValues extends PutField {
    final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    @Override
    public void put(String name, boolean value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, byte value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, char value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, short value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, int value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, long value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, float value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, double value) {
      values.put(name, value);
    }

    @Override
    public void put(String name, @Nullable Object value) {
      values.put(name, value);
    }

    @Override
    @Deprecated
    public void write(ObjectOutput out) throws IOException {
      throw new NotActiveException("PutField.write");
    }
  }
}
