package io.github.rediscached.agent.key;

import com.esotericsoftware.kryo.io.Output;
import io.github.rediscached.agent.type.Text;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the application: the class and its {@linkplain KeyFields fields}, inherited private
 * ones included. Fields that the compiler made, such as the enclosing instance of an inner class,
 * count as well, since they are state.
 */
final class ObjectEncoding implements Encoding {

  private final String className;

  /** The tag, the class and the number of fields. */
  private final byte[] head;

  /** The name of each field, ready to be written. */
  private final byte[][] names;

  private final Field[] fields;
  private final String[] partNames;

  /** Writes the elements of a collection after the fields; null if the object is none. */
  private final @Nullable Encoding content;

  private volatile boolean open;
  private volatile @Nullable String openFailure;

  private ObjectEncoding(
      byte tag, String className, List<Field> fields, @Nullable Encoding content) {
    this.className = className;
    this.fields = fields.toArray(new Field[0]);
    this.content = content;
    this.partNames = new String[this.fields.length];
    this.names = new byte[this.fields.length][];
    Output bytes = new Output(128, -1);
    bytes.writeByte(tag);
    Text.write(bytes, className);
    bytes.writeVarInt(names.length, true);
    this.head = bytes.toBytes();
    for (int i = 0; i < names.length; i++) {
      String name = this.fields[i].getName();
      String declaring = this.fields[i].getDeclaringClass().getName();
      partNames[i] = "." + name;
      bytes.reset();
      Text.write(bytes, declaring.equals(className) ? name : declaring + "." + name);
      names[i] = bytes.toBytes();
    }
  }

  static ObjectEncoding ofObject(Class<?> type, List<Field> fields) {
    return new ObjectEncoding(Tag.OBJECT, type.getName(), fields, null);
  }

  static ObjectEncoding ofCollection(Class<?> type, List<Field> fields, Encoding content) {
    return new ObjectEncoding(Tag.EXTENDED_COLLECTION, type.getName(), fields, content);
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    open(out);
    out.writeBytes(head);
    out.enter(value);
    for (int i = 0; i < names.length; i++) {
      out.part(partNames[i]);
      // The name as well, since another version of the class may have as many other fields.
      out.writeBytes(names[i]);
      field(fields[i], value, out);
    }
    out.leave();
    if (content != null) {
      content.write(out, value);
    }
  }

  private static void field(Field field, Object object, CanonicalBytes out)
      throws UnkeyableException {
    try {
      Class<?> type = field.getType();
      if (type == int.class) {
        out.writeByte(Tag.INT);
        out.writeVarInt(field.getInt(object), false);
      } else if (type == long.class) {
        out.writeByte(Tag.LONG);
        out.writeVarLong(field.getLong(object), false);
      } else {
        out.value(field.get(object));
      }
    } catch (IllegalAccessException e) {
      throw out.unkeyable("can't be read (" + e.getClass().getName() + ")");
    }
  }

  /** Makes the fields accessible for the first object. A failure is not tried again. */
  private void open(CanonicalBytes out) throws UnkeyableException {
    if (open) {
      return;
    }
    String failure = openFailure;
    if (failure == null) {
      try {
        out.open(Arrays.asList(fields));
        open = true;
        return;
      } catch (RuntimeException | LinkageError e) {
        failure =
            "is an object of "
                + className
                + ", of which the fields can't be read ("
                + e.getClass().getName()
                + ")";
        openFailure = failure;
      }
    }
    throw out.unkeyable(failure);
  }
}
