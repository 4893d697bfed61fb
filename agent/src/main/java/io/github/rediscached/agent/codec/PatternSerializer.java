package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import java.util.regex.Pattern;

/** Patterns: text and the flags that they were compiled with. */
final class PatternSerializer extends ValueSerializer {

  /** Not {@link Pattern#flags}, which adds those that stand within the text. */
  private static final JdkField FLAGS = new JdkField(Pattern.class, "flags");

  PatternSerializer() {
    super(Identity.NONE);
    setImmutable(true);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    writer.writeText(((Pattern) value).pattern());
    Object flags = FLAGS.get(writer.opener(), value);
    writer.out.writeVarInt(flags instanceof Integer some ? some : 0, true);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    return Pattern.compile(reader.readPresentText(), reader.in.readVarInt(true));
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Pattern one = (Pattern) written;
    Pattern other = (Pattern) read;
    return one.pattern().equals(other.pattern()) && one.flags() == other.flags();
  }
}
