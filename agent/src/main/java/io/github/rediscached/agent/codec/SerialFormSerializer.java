package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.Jdk;
import io.github.rediscached.agent.type.Opener;
import io.github.rediscached.agent.type.Refusal;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Classes that say themselves what they are made of, by the methods of Java's serialisation: {@code
 * writeObject} and {@code readObject}, {@code Externalizable}, {@code readResolve}. Each class of
 * the chain writes its part, by its own method or its fields. See {@link SerialHooks}.
 */
final class SerialFormSerializer extends ValueSerializer {

  private static final String REMEDY = "Return plain data instead.";

  /** What one class of the chain has to write. */
  private record Part(
      Class<?> declaring,
      List<ObjectField> fields,
      @Nullable Method writeObject,
      @Nullable Method readObject) {

    ObjectField[] fieldArray() {
      return fields.toArray(new ObjectField[0]);
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final boolean isExternalizable;
  private final @Nullable Method readResolve;
  private final Instantiator instantiator;

  /**
   * @throws Refusal if fields, methods or constructors can't be opened
   */
  SerialFormSerializer(Class<?> type, SerialHooks hooks, Opener opener) {
    super(hooks.readResolve() == null ? Identity.EARLY : Identity.LATE);
    this.isExternalizable = hooks.isExternalizable();
    this.readResolve = hooks.readResolve();
    if (!isExternalizable) {
      for (Class<?> c = type; c != null && !Jdk.owns(c); c = c.getSuperclass()) {
        parts.add(0, partOf(c, opener));
      }
    }
    this.instantiator =
        Instantiator.of(type, isExternalizable ? publicConstructor(type) : baseOf(type), opener);
  }

  private static Part partOf(Class<?> declaring, Opener opener) {
    boolean serializable = Serializable.class.isAssignableFrom(declaring);
    List<ObjectField> fields = new ArrayList<>();
    for (Field field : Layouts.serialFieldsOf(declaring)) {
      fields.add(new ObjectField(opener.open(field, declaring)));
    }
    return new Part(
        declaring,
        fields,
        serializable ? hook(declaring, "writeObject", ObjectOutputStream.class, opener) : null,
        serializable ? hook(declaring, "readObject", ObjectInputStream.class, opener) : null);
  }

  private static @Nullable Method hook(
      Class<?> declaring, String name, Class<?> stream, Opener opener) {
    Method method = SerialHooks.declared(declaring, name, stream);
    return method == null ? null : opener.open(method, declaring);
  }

  private static Constructor<?> publicConstructor(Class<?> type) {
    try {
      return type.getDeclaredConstructor();
    } catch (NoSuchMethodException e) {
      throw Refusal.of(type, "which is Externalizable without a constructor to read it", REMEDY);
    }
  }

  /** As in Java's serialisation: the first class above that is not serialisable begins anew. */
  private static @Nullable Constructor<?> baseOf(Class<?> type) {
    Class<?> base = type;
    while (base != null && Serializable.class.isAssignableFrom(base)) {
      base = base.getSuperclass();
    }
    if (base == null || base == Object.class || Jdk.owns(base)) {
      return null;
    }
    try {
      Constructor<?> constructor = base.getDeclaredConstructor();
      return Modifier.isPrivate(constructor.getModifiers()) ? null : constructor;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  @Override
  void write(GraphWriter writer, Object value) {
    try {
      if (isExternalizable) {
        ((Externalizable) value).writeExternal(new SerialOutput(writer, null, new ObjectField[0]));
        return;
      }
      for (Part part : parts) {
        SerialOutput out = new SerialOutput(writer, value, part.fieldArray());
        if (part.writeObject == null) {
          out.defaultWriteObject();
        } else {
          part.writeObject.invoke(value, out);
        }
      }
    } catch (InvocationTargetException e) {
      throw refusal(value, e.getTargetException());
    } catch (IOException | UnsupportedOperationException e) {
      throw refusal(value, e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RuntimeException refusal(Object value, Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof Refusal || thrown instanceof com.esotericsoftware.kryo.KryoException
        ? (RuntimeException) thrown
        : Refusal.of(
            value.getClass(), "which can't write itself: " + thrown.getClass().getName(), REMEDY);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    try {
      Object value = instantiator.instantiate();
      if (readResolve == null) {
        reader.place(value);
      }
      if (isExternalizable) {
        ((Externalizable) value)
            .readExternal(new SerialInput(reader, null, type, new ObjectField[0]));
      } else {
        readParts(reader, value);
      }
      return readResolve == null ? value : resolved(readResolve.invoke(value), type);
    } catch (InvocationTargetException e) {
      throw e.getTargetException() instanceof Unreadable reason ? reason : unreadable(type, e);
    } catch (IOException | ReflectiveOperationException e) {
      throw unreadable(type, e);
    }
  }

  private void readParts(GraphReader reader, Object value)
      throws IOException, ReflectiveOperationException {
    for (Part part : parts) {
      SerialInput in = new SerialInput(reader, value, part.declaring, part.fieldArray());
      if (part.readObject == null) {
        in.defaultReadObject();
      } else {
        part.readObject.invoke(value, in);
      }
    }
  }

  private static Object resolved(@Nullable Object value, Class<?> type) {
    if (value == null) {
      throw Unreadable.corrupt(type.getName() + " resolves to null.");
    }
    return value;
  }

  private static Unreadable unreadable(Class<?> type, Exception e) {
    return Unreadable.corrupt(
        type.getName() + " can't read itself: " + e.getClass().getName() + ".");
  }
}
