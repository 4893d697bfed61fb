package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text on Kryo's streams: {@code 0} for null, else a head and the characters, one byte each, or two
 * bytes each if one of them needs two. Unpaired surrogates are kept. Kryo's own {@code readString}
 * allocates the length that the bytes announce; here text can't be longer than the rest of the
 * entry.
 */
public final class Text {

  private Text() {}

  /** Writes text, or null. */
  public static void write(Output out, @Nullable String text) {
    if (text == null) {
      out.writeByte(0);
      return;
    }
    int length = text.length();
    if (length > out.getMaxCapacity() - out.position()) {
      throw new KryoBufferOverflowException("text");
    }
    if (isLatin1(text)) {
      out.writeVarInt((length << 1) + 1, true);
      writeLatin1(out, text, length);
    } else {
      out.writeVarInt((length << 1) + 2, true);
      for (int i = 0; i < length; i++) {
        out.writeChar(text.charAt(i));
      }
    }
  }

  private static boolean isLatin1(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  /** The deprecated method is the only one that copies without an array in between. */
  @SuppressWarnings("deprecation")
  private static void writeLatin1(Output out, String text, int length) {
    int from = 0;
    while (from < length) {
      if (out.position() == out.getBuffer().length) {
        out.writeByte(text.charAt(from++));
      }
      int count = Math.min(length - from, out.getBuffer().length - out.position());
      text.getBytes(from, from + count, out.getBuffer(), out.position());
      out.setPosition(out.position() + count);
      from += count;
    }
  }

  /**
   * Reads text, or null.
   *
   * @throws KryoException if it is longer than the rest of the entry
   */
  public static @Nullable String read(Input in) {
    int head = in.readVarInt(true);
    if (head == 0) {
      return null;
    }
    int length = (head - 1) >>> 1;
    boolean wide = (head & 1) == 0;
    int bytes = wide ? 2 * length : length;
    if (head < 0 || bytes < 0 || bytes > in.limit() - in.position()) {
      throw new KryoException("Text is longer than the entry.");
    }
    if (wide) {
      return new String(in.readChars(length));
    }
    int from = in.position();
    in.setPosition(from + length);
    return new String(in.getBuffer(), from, length, StandardCharsets.ISO_8859_1);
  }

  /** Reads text that is never null. */
  public static String readPresent(Input in) {
    String text = read(in);
    if (text == null) {
      throw new KryoException("Text that is always there is missing.");
    }
    return text;
  }

  /** Writes the number of bytes, then the bytes. */
  public static void writeBytes(Output out, byte[] bytes) {
    if (bytes.length > out.getMaxCapacity() - out.position()) {
      throw new KryoBufferOverflowException("bytes");
    }
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  /** Reads bytes, at most the rest of the entry. */
  static byte[] readBytes(Input in) {
    return in.readBytes(readLength(in));
  }

  /** Reads a number of bytes, at most the rest of the entry. */
  static int readLength(Input in) {
    return readLength(in, 1);
  }

  /**
   * Reads a number of elements.
   *
   * @param bytesEach the smallest size of an element, so that all fit into the rest of the entry
   */
  static int readLength(Input in, int bytesEach) {
    int length = in.readVarInt(true);
    if (length < 0 || length > (in.limit() - in.position()) / bytesEach) {
      throw new KryoException("A length is greater than the entry.");
    }
    return length;
  }
}
