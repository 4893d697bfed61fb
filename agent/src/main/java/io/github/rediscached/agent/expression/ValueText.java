package io.github.rediscached.agent.expression;

import io.github.rediscached.agent.type.EncodedText;
import io.github.rediscached.agent.type.TextForm;
import org.jspecify.annotations.Nullable;

/**
 * Values as text in a tag or a pattern, for {@link Template}. It is the text that they have in a
 * key, so it is the same on every JVM, and the same for an int and a long.
 */
final class ValueText {

  private static final byte[] NOTHING = {};

  private ValueText() {}

  /** The text in a tag; null if the type of the value has none. */
  static @Nullable String of(Object value) {
    TextForm form = TextForm.ofValue(value);
    if (form != null) {
      return form.text(value);
    }
    return value instanceof CharSequence ? value.toString() : null;
  }

  /**
   * The text in a key, so that a pattern matches it literally.
   *
   * @return null if keys have a digest of the value: of long text, and of text without UTF-8
   */
  static @Nullable String inKeys(Object value) {
    TextForm form = TextForm.ofValue(value);
    EncodedText encoded = new EncodedText(NOTHING, 32);
    boolean readable = form == null ? encoded.text(value.toString()) : form.write(value, encoded);
    return readable ? encoded.toText() : null;
  }
}
