package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Text;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotActiveException;
import java.io.ObjectInputStream;
import java.io.ObjectInputValidation;
import java.io.ObjectStreamClass;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stream for a class's {@code readObject} or {@code readExternal}, the mirror of {@link
 * SerialOutput}. It gives only objects of classes on the method's allow list.
 */
final class SerialInput extends ObjectInputStream {

  private final GraphReader reader;
  private final @Nullable Object object;
  private final Class<?> declaring;
  private final ObjectField[] fields;

  /**
   * @param object whose {@code defaultReadObject} may be asked for; null if there is none
   * @param declaring the class whose part of it is read
   * @param fields those of it that {@code defaultReadObject} reads
   */
  SerialInput(GraphReader reader, @Nullable Object object, Class<?> declaring, ObjectField[] fields)
      throws IOException {
    this.reader = reader;
    this.object = object;
    this.declaring = declaring;
    this.fields = fields;
  }

  @Override
  protected @Nullable Object readObjectOverride() {
    return reader.read();
  }

  @Override
  public @Nullable Object readUnshared() {
    return reader.read();
  }

  @Override
  public void defaultReadObject() throws IOException {
    if (object == null) {
      throw new NotActiveException("defaultReadObject");
    }
    Map<String, @Nullable Object> values = readNamed();
    for (ObjectField field : fields) {
      String name = field.field.getName();
      if (values.containsKey(name)) {
        try {
          field.set(object, values.get(name));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private Map<String, @Nullable Object> readNamed() {
    int count = reader.readLength();
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(reader.readPresentText(), reader.read());
    }
    return values;
  }

  @Override
  public GetField readFields() {
    return new NamedValues(declaring, readNamed());
  }

  /** Run at once, not at the end of the graph: the class has read its own part by then. */
  @Override
  public void registerValidation(ObjectInputValidation validation, int priority)
      throws InvalidObjectException {
    validation.validateObject();
  }

  private int remaining() {
    return reader.in.limit() - reader.in.position();
  }

  @Override
  public int available() {
    return remaining();
  }

  @Override
  public int read() {
    return remaining() == 0 ? -1 : reader.in.readByteUnsigned();
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    int count = Math.min(length, remaining());
    reader.in.readBytes(bytes, from, count);
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public void readFully(byte[] bytes) throws IOException {
    readFully(bytes, 0, bytes.length);
  }

  @Override
  public void readFully(byte[] bytes, int from, int length) throws IOException {
    if (length > remaining()) {
      throw new EOFException();
    }
    reader.in.readBytes(bytes, from, length);
  }

  @Override
  public int skipBytes(int length) {
    int count = Math.min(length, remaining());
    reader.in.skip(count);
    return count;
  }

  @Override
  public boolean readBoolean() {
    return reader.in.readBoolean();
  }

  @Override
  public byte readByte() {
    return reader.in.readByte();
  }

  @Override
  public int readUnsignedByte() {
    return reader.in.readByteUnsigned();
  }

  @Override
  public short readShort() {
    return reader.in.readShort();
  }

  @Override
  public int readUnsignedShort() {
    return reader.in.readShortUnsigned();
  }

  @Override
  public char readChar() {
    return reader.in.readChar();
  }

  @Override
  public int readInt() {
    return reader.in.readInt();
  }

  @Override
  public long readLong() {
    return reader.in.readLong();
  }

  @Override
  public float readFloat() {
    return reader.in.readFloat();
  }

  @Override
  public double readDouble() {
    return reader.in.readDouble();
  }

  @Override
  public String readUTF() {
    return Text.readPresent(reader.in);
  }

  @Override
  @Deprecated
  public String readLine() throws IOException {
    throw new NotActiveException("readLine");
  }

  @Override
  public void close() {}

  /** Fields as a class has named them. */
  private static final class NamedValues extends GetField {
    private final Class<?> declaring;
    private final Map<String, @Nullable Object> values;

    NamedValues(Class<?> declaring, Map<String, @Nullable Object> values) {
      this.declaring = declaring;
      this.values = values;
    }

    @Override
    public @Nullable ObjectStreamClass getObjectStreamClass() {
      return ObjectStreamClass.lookup(declaring);
    }

    @Override
    public boolean defaulted(String name) {
      return !values.containsKey(name);
    }

    @Override
    public boolean get(String name, boolean otherwise) {
      return values.get(name) instanceof Boolean value ? value : otherwise;
    }

    @Override
    public byte get(String name, byte otherwise) {
      return values.get(name) instanceof Byte value ? value : otherwise;
    }

    @Override
    public char get(String name, char otherwise) {
      return values.get(name) instanceof Character value ? value : otherwise;
    }

    @Override
    public short get(String name, short otherwise) {
      return values.get(name) instanceof Short value ? value : otherwise;
    }

    @Override
    public int get(String name, int otherwise) {
      return values.get(name) instanceof Integer value ? value : otherwise;
    }

    @Override
    public long get(String name, long otherwise) {
      return values.get(name) instanceof Long value ? value : otherwise;
    }

    @Override
    public float get(String name, float otherwise) {
      return values.get(name) instanceof Float value ? value : otherwise;
    }

    @Override
    public double get(String name, double otherwise) {
      return values.get(name) instanceof Double value ? value : otherwise;
    }

    @Override
    public @Nullable Object get(String name, @Nullable Object otherwise) {
      return values.containsKey(name) ? values.get(name) : otherwise;
    }
  }
}
