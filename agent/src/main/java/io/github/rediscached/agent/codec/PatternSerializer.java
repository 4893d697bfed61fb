package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.type.JdkField;
import io.github.rediscached.agent.type.Refusal;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Patterns: text and the flags that they were compiled with. */
final class PatternSerializer extends ValueSerializer {

  /** Not {@link Pattern#flags}, which adds those that stand within the text. */
  private static final JdkField FLAGS = new JdkField(Pattern.class, "flags");

  /** No letter of Unicode decomposes into so many. */
  private static final int MAX_MARKS = 5;

  PatternSerializer() {
    super(Identity.NONE);
    setImmutable(true);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    String text = ((Pattern) value).pattern();
    int flags = FLAGS.get(writer.opener, value) instanceof Integer some ? some : 0;
    if (!isCompiledSoon(text, flags)) {
      throw Refusal.of(
          Pattern.class,
          "with " + MAX_MARKS + " combining marks and more in a row",
          "Return its text.");
    }
    writer.writeText(text);
    writer.out.writeVarInt(flags, true);
  }

  @Override
  Object read(GraphReader reader, Class<?> type) {
    String text = reader.readPresentText();
    int flags = reader.in.readVarInt(true);
    if (!isCompiledSoon(text, flags)) {
      throw Unreadable.corrupt("A pattern would take for ever to compile.");
    }
    return Pattern.compile(text, flags);
  }

  /** With canonical equivalence, marks in a row are compiled in all their orders. */
  private static boolean isCompiledSoon(String text, int flags) {
    if ((flags & Pattern.CANON_EQ) == 0) {
      return true;
    }
    int marks = 0;
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    int point;
    for (int at = 0; at < decomposed.length(); at += Character.charCount(point)) {
      point = decomposed.codePointAt(at);
      int type = Character.getType(point);
      boolean isMark =
          type == Character.NON_SPACING_MARK
              || type == Character.COMBINING_SPACING_MARK
              || type == Character.ENCLOSING_MARK;
      marks = isMark ? marks + 1 : 0;
      if (marks >= MAX_MARKS) {
        return false;
      }
    }
    return true;
  }

  @Override
  boolean isSame(Comparison comparison, Object written, Object read) {
    Pattern one = (Pattern) written;
    Pattern other = (Pattern) read;
    return one.pattern().equals(other.pattern()) && one.flags() == other.flags();
  }
}
