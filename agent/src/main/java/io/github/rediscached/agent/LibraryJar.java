package io.github.rediscached.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The libraries' classes, in a jar that is stored inside the agent's jar. The JVM indexes all
 * entries of a jar on the class path before {@code main}, which for the libraries' thousands costs
 * more than the rest of the agent's start; so they are one entry there, and indexed here when the
 * first of them is wanted.
 *
 * <p>The JDK opens no jar inside another, hence these few lines of the ZIP format: records with
 * little-endian numbers at fixed places. Reading works on streams of the entry, of which skipping
 * costs nothing as it is not compressed. Thread-safe.
 */
final class LibraryJar {

  private static final int END_LENGTH = 22;
  private static final int END_DIRECTORY_SIZE = 12;
  private static final int END_DIRECTORY_AT = 16;

  private static final int DIRECTORY_METHOD = 10;
  private static final int DIRECTORY_COMPRESSED_SIZE = 20;
  private static final int DIRECTORY_SIZE = 24;
  private static final int DIRECTORY_NAME_LENGTH = 28;
  private static final int DIRECTORY_EXTRA_LENGTH = 30;
  private static final int DIRECTORY_COMMENT_LENGTH = 32;
  private static final int DIRECTORY_LOCAL_AT = 42;
  private static final int DIRECTORY_NAME = 46;

  private static final int LOCAL_LENGTH = 30;
  private static final int LOCAL_NAME_LENGTH = 26;
  private static final int LOCAL_EXTRA_LENGTH = 28;

  private final ZipFile outer;
  private final ZipEntry entry;
  private final Map<String, Position> positions = new HashMap<>();

  /**
   * Where an entry is.
   *
   * @param at of its local header
   */
  private record Position(int at, boolean compressed, int compressedSize, int size) {}

  LibraryJar(ZipFile outer, ZipEntry entry) throws IOException {
    this.outer = outer;
    this.entry = entry;
    byte[] end = bytes(entry.getSize() - END_LENGTH, END_LENGTH);
    byte[] directory = bytes(number(end, END_DIRECTORY_AT), number(end, END_DIRECTORY_SIZE));
    for (int at = 0; at < directory.length; ) {
      int nameLength = half(directory, at + DIRECTORY_NAME_LENGTH);
      positions.put(
          new String(directory, at + DIRECTORY_NAME, nameLength, StandardCharsets.UTF_8),
          new Position(
              number(directory, at + DIRECTORY_LOCAL_AT),
              half(directory, at + DIRECTORY_METHOD) == ZipEntry.DEFLATED,
              number(directory, at + DIRECTORY_COMPRESSED_SIZE),
              number(directory, at + DIRECTORY_SIZE)));
      at +=
          DIRECTORY_NAME
              + nameLength
              + half(directory, at + DIRECTORY_EXTRA_LENGTH)
              + half(directory, at + DIRECTORY_COMMENT_LENGTH);
    }
  }

  /** The content of an entry, null if there is no such entry. */
  byte @Nullable [] read(String path) throws IOException {
    Position position = positions.get(path);
    if (position == null) {
      return null;
    }
    byte[] local = bytes(position.at, LOCAL_LENGTH);
    byte[] content =
        bytes(
            (long) position.at
                + LOCAL_LENGTH
                + half(local, LOCAL_NAME_LENGTH)
                + half(local, LOCAL_EXTRA_LENGTH),
            position.compressedSize);
    return position.compressed ? inflate(content, position.size) : content;
  }

  private static byte[] inflate(byte[] compressed, int size) throws IOException {
    byte[] content = new byte[size];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed);
      for (int at = 0; at < size; ) {
        int count = inflater.inflate(content, at, size - at);
        if (count == 0) {
          throw new IOException("an entry ends too early");
        }
        at += count;
      }
      return content;
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
  }

  private byte[] bytes(long at, int length) throws IOException {
    try (InputStream in = outer.getInputStream(entry)) {
      in.skipNBytes(at);
      byte[] bytes = new byte[length];
      if (in.readNBytes(bytes, 0, length) < length) {
        throw new IOException("the jar of libraries ends too early");
      }
      return bytes;
    }
  }

  private static int half(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
  }

  private static int number(byte[] bytes, int at) {
    return half(bytes, at) | (half(bytes, at + 2) << 16);
  }
}
