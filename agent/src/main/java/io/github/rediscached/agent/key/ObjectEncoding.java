package io.github.rediscached.agent.key;

import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the application: the class and its {@linkplain KeyFields fields}, inherited private
 * ones included. Fields the compiler made, such as the enclosing instance of an inner class, count
 * as well: they are state.
 *
 * <p>It is kept by the class that it describes and refers to nothing but this class and its
 * superclasses, so it never keeps a class loader from being collected.
 */
final class ObjectEncoding implements Encoding {

  private final byte tag;
  private final String className;
  private final Field[] fields;
  private final String[] partNames;
  private final String[] fieldNames;

  /** Writes the elements of what is a collection as well; null if it is none. */
  private final @Nullable Encoding content;

  private volatile boolean open;
  private volatile @Nullable String openFailure;

  private ObjectEncoding(
      byte tag, String className, List<Field> fields, @Nullable Encoding content) {
    this.tag = tag;
    this.className = className;
    this.fields = fields.toArray(new Field[0]);
    this.partNames = new String[this.fields.length];
    this.fieldNames = new String[this.fields.length];
    for (int i = 0; i < partNames.length; i++) {
      String name = this.fields[i].getName();
      String declaring = this.fields[i].getDeclaringClass().getName();
      partNames[i] = "." + name;
      fieldNames[i] = declaring.equals(className) ? name : declaring + "." + name;
    }
    this.content = content;
  }

  static ObjectEncoding ofObject(Class<?> type, List<Field> fields) {
    return new ObjectEncoding(Tag.OBJECT, type.getName(), fields, null);
  }

  static ObjectEncoding ofCollection(Class<?> type, List<Field> fields, Encoding content) {
    return new ObjectEncoding(Tag.EXTENDED_COLLECTION, type.getName(), fields, content);
  }

  @Override
  public void write(Object value, CanonicalBytes out) throws UnkeyableException {
    open(out);
    out.tag(tag);
    out.text(className);
    out.enter(value);
    out.count(fields.length);
    for (int i = 0; i < fields.length; i++) {
      out.part(partNames[i]);
      // The name as well, since another version of the class may have as many other fields.
      out.text(fieldNames[i]);
      field(fields[i], value, out);
    }
    out.leave();
    if (content != null) {
      content.write(value, out);
    }
  }

  private static void field(Field field, Object object, CanonicalBytes out)
      throws UnkeyableException {
    try {
      Class<?> type = field.getType();
      if (type == int.class) {
        out.tag(Tag.INT);
        out.int32(field.getInt(object));
      } else if (type == long.class) {
        out.tag(Tag.LONG);
        out.int64(field.getLong(object));
      } else {
        out.value(field.get(object));
      }
    } catch (IllegalAccessException e) {
      throw out.unkeyable("can't be read (" + e.getClass().getName() + ")");
    }
  }

  /** Makes the fields accessible when the first object comes. */
  private void open(CanonicalBytes out) throws UnkeyableException {
    if (!open) {
      if (openFailure == null) {
        openFailure = tryOpen(out);
      }
      if (openFailure != null) {
        throw out.unkeyable(openFailure);
      }
      open = true;
    }
  }

  private @Nullable String tryOpen(CanonicalBytes out) {
    Class<?> opened = null;
    try {
      for (Field field : fields) {
        if (field.getDeclaringClass() != opened) {
          opened = field.getDeclaringClass();
          out.open(opened);
        }
        field.setAccessible(true);
      }
      return null;
    } catch (RuntimeException | LinkageError e) {
      return "is an object of "
          + className
          + ", of which the fields can't be read ("
          + e.getClass().getName()
          + ")";
    }
  }
}
