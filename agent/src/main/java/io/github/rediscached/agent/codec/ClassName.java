package io.github.rediscached.agent.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Name and layout of a class as an entry has them. It is a key of {@link ClassRegistry}'s map that
 * points into the bytes of an entry, so a known class is found without a {@code String}.
 */
final class ClassName {

  byte[] bytes;
  int from;
  int length;
  long layout;

  ClassName() {
    this.bytes = new byte[0];
  }

  static ClassName of(String name, long layout) {
    ClassName className = new ClassName();
    className.pointAt(name.getBytes(StandardCharsets.UTF_8), 0, layout);
    className.length = className.bytes.length;
    return className;
  }

  void pointAt(byte[] bytes, int from, long layout) {
    this.bytes = bytes;
    this.from = from;
    this.layout = layout;
  }

  String text() {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  /** The layout tells classes apart better, and sooner, than the name's bytes. */
  @Override
  public int hashCode() {
    return Long.hashCode(layout);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClassName that
        && layout == that.layout
        && Arrays.equals(
            bytes, from, from + length, that.bytes, that.from, that.from + that.length);
  }
}
