package io.github.rediscached.agent.key;

import com.esotericsoftware.kryo.Serializer;
import io.github.rediscached.agent.type.Scalars;
import io.github.rediscached.agent.type.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's types without children, as {@link Scalars} describes them: the name of the type that
 * stands for all of its classes, then the bytes of its serializer. The most frequent ones have a
 * tag instead of a name.
 */
record ScalarEncoding(byte tag, String name, Serializer<Object> content) implements Encoding {

  private static final Map<Class<?>, Byte> TAGS =
      Map.of(
          Boolean.class, Tag.BOOLEAN,
          Byte.class, Tag.BYTE,
          Short.class, Tag.SHORT,
          Character.class, Tag.CHARACTER,
          Integer.class, Tag.INT,
          Long.class, Tag.LONG,
          Float.class, Tag.FLOAT,
          Double.class, Tag.DOUBLE,
          String.class, Tag.STRING);

  /** The encoding of one of these types; null for any other. */
  static @Nullable ScalarEncoding of(Class<?> type) {
    Scalars.Canonical canonical = Scalars.canonicalOf(type);
    if (canonical == null) {
      return null;
    }
    // Both hold text that can be changed, and are equal if their text is.
    Class<?> named = type == StringBuffer.class ? StringBuilder.class : canonical.type();
    return new ScalarEncoding(
        TAGS.getOrDefault(named, Tag.JDK), named.getName(), canonical.serializer());
  }

  @Override
  public void write(CanonicalBytes out, Object value) {
    out.writeByte(tag);
    if (tag == Tag.JDK) {
      Text.write(out, name);
    }
    content.write(null, out, value);
  }
}
