package io.github.rediscached.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Passes bytes on with some texts replaced by others of the same length, so that no length that was
 * announced changes. A text may be torn between two writes.
 */
final class RewritingStream extends OutputStream {

  private final OutputStream out;
  private final Map<String, String> replacements;

  /** The beginning of a text, perhaps. */
  private String held = "";

  RewritingStream(OutputStream out, Map<String, String> replacements) {
    this.out = out;
    this.replacements = replacements;
    replacements.forEach(
        (text, replacement) -> {
          if (text.length() != replacement.length()) {
            throw new IllegalArgumentException(text);
          }
        });
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    String text = held + new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    for (Map.Entry<String, String> replacement : replacements.entrySet()) {
      text = text.replace(replacement.getKey(), replacement.getValue());
    }
    int end = text.length() - heldBack(text);
    held = text.substring(end);
    out.write(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
  }

  private int heldBack(String text) {
    int most = 0;
    for (String replaced : replacements.keySet()) {
      for (int length = Math.min(text.length(), replaced.length() - 1); length > most; length--) {
        if (text.endsWith(replaced.substring(0, length))) {
          most = length;
        }
      }
    }
    return most;
  }
}
