package io.github.rediscached.agent.key;

import io.github.rediscached.agent.type.Text;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The JDK's types that hold other values and are no collections. */
record HolderEncoding(Class<?> type) implements Encoding {

  static final HolderEncoding PROPERTIES = new HolderEncoding(Properties.class);

  private static final Set<Class<?>> TYPES =
      Set.of(Properties.class, Optional.class, AtomicReference.class, AtomicReferenceArray.class);

  /** The encoding of a class of the JDK; null if it is none of these types. */
  static @Nullable HolderEncoding of(Class<?> type) {
    if (Map.Entry.class.isAssignableFrom(type)) {
      return new HolderEncoding(Map.Entry.class);
    }
    return TYPES.contains(type) ? new HolderEncoding(type) : null;
  }

  @Override
  public void write(CanonicalBytes out, Object value) throws UnkeyableException {
    out.writeByte(Tag.JDK);
    Text.write(out, type.getName());
    out.enter(value);
    out.part("{value}");
    if (value instanceof Optional<?> optional) {
      out.value(optional.orElse(null));
    } else if (value instanceof AtomicReference<?> reference) {
      out.value(reference.get());
    } else if (value instanceof AtomicReferenceArray<?> array) {
      out.writeVarInt(array.length(), true);
      for (int i = 0; i < array.length(); i++) {
        out.part(i);
        out.value(array.get(i));
      }
    } else if (value instanceof Map.Entry<?, ?> entry) {
      out.value(entry.getValue());
      out.part("{key}");
      out.value(entry.getKey());
    } else {
      properties(out, (Properties) value);
    }
    out.leave();
  }

  /** The entries, then all that {@code getProperty} finds: the defaults are no entries. */
  private static void properties(CanonicalBytes out, Properties properties)
      throws UnkeyableException {
    CollectionEncoding.MAP.write(out, properties.clone());
    TreeSet<String> names = new TreeSet<>(properties.stringPropertyNames());
    out.writeVarInt(names.size(), true);
    for (String name : names) {
      Text.write(out, name);
      Text.write(out, properties.getProperty(name));
    }
  }
}
