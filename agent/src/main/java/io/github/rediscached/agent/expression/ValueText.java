package io.github.rediscached.agent.expression;

import io.github.rediscached.agent.type.EncodedText;
import io.github.rediscached.agent.type.TextForm;
import org.jspecify.annotations.Nullable;

/**
 * Values as text in a tag or a pattern: that of a key, and so the same on every JVM and for an int
 * and a long.
 */
final class ValueText {

  private static final byte[] NOTHING = {};

  private ValueText() {}

  /** The text in a tag; null if the value is of a type that has none. */
  static @Nullable String of(Object value) {
    TextForm form = TextForm.ofValue(value);
    if (form != null) {
      return form.text(value);
    }
    return value instanceof CharSequence ? value.toString() : null;
  }

  /**
   * The text as it stands in a key, so that a pattern means it literally, whatever it contains.
   *
   * @return null if the value stands as a digest there: long text, and such as has no UTF-8
   */
  static @Nullable String inKeys(Object value) {
    TextForm form = TextForm.ofValue(value);
    EncodedText encoded = new EncodedText(NOTHING, 32);
    boolean readable = form == null ? encoded.text(value.toString()) : form.write(value, encoded);
    return readable ? encoded.toText() : null;
  }
}
