package io.github.rediscached.agent.key;

import com.esotericsoftware.kryo.Serializer;
import io.github.rediscached.agent.type.Scalars;
import io.github.rediscached.agent.type.Text;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's types without children, as {@link Scalars} describes them: the name of the type that
 * stands for all of its classes, and what its serializer writes. The most usual ones have a tag
 * instead of a name.
 */
final class ScalarEncoding extends CanonicalSerializer {

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

  private final byte tag;
  private final String name;
  private final Serializer<Object> content;

  private ScalarEncoding(byte tag, String name, Serializer<Object> content) {
    this.tag = tag;
    this.name = name;
    this.content = content;
  }

  /** The encoding of one of these types; null if it is another one. */
  static @Nullable ScalarEncoding of(Class<?> type) {
    Scalars.Canonical canonical = Scalars.canonicalOf(type);
    if (canonical == null) {
      return null;
    }
    // Both are text that is being written, and equal if their text is.
    Class<?> named = type == StringBuffer.class ? StringBuilder.class : canonical.type();
    return new ScalarEncoding(
        TAGS.getOrDefault(named, Tag.JDK), named.getName(), canonical.serializer());
  }

  @Override
  void write(CanonicalBytes out, Object value) {
    out.writeByte(tag);
    if (tag == Tag.JDK) {
      Text.write(out, name);
    }
    content.write(null, out, value);
  }
}
