package io.github.rediscached.agent;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads a jar, and jars that are stored in it. The JVM indexes all entries of a jar on the class
 * path before {@code main}, and so does {@link java.util.zip.ZipFile}, interpreted: for thousands
 * of classes that costs more than the rest of the agent's start, for our own hundreds still a third
 * of it. So the agent's jar has a dozen entries, two of which are jars; they are indexed here, the
 * libraries' when the first of them is wanted.
 *
 * <p>These are a few lines of the ZIP format: records with little-endian numbers at fixed places.
 * Indexing runs before the JVM has compiled anything, so it makes no objects and looks at few
 * bytes. The file stays open as long as the JVM lives. Thread-safe.
 */
final class NestedJar {

  private static final int END_LENGTH = 22;
  private static final int END_COUNT = 10;
  private static final int END_DIRECTORY_SIZE = 12;
  private static final int END_DIRECTORY_AT = 16;

  private static final int RECORD_METHOD = 10;
  private static final int RECORD_COMPRESSED_SIZE = 20;
  private static final int RECORD_SIZE = 24;
  private static final int RECORD_NAME_LENGTH = 28;
  private static final int RECORD_EXTRA_LENGTH = 30;
  private static final int RECORD_COMMENT_LENGTH = 32;
  private static final int RECORD_HEADER_AT = 42;
  private static final int RECORD_NAME = 46;

  private static final int HEADER_LENGTH = 30;
  private static final int HEADER_NAME_LENGTH = 26;
  private static final int HEADER_EXTRA_LENGTH = 28;

  /** The last characters of a name say enough: those of the class, without its ending. */
  private static final int HASHED_FROM_END = 16;

  private static final int HASHED_TO_END = ".class".length();

  private final RandomAccessFile file;

  /** Where this jar begins in the file. */
  private final long start;

  private final byte[] directory;

  /** Where records begin in the directory, found by the hash of their names; -1 for none. */
  private final int[] records;

  NestedJar(File file) throws IOException {
    this(new RandomAccessFile(file, "r"), 0, file.length());
  }

  private NestedJar(RandomAccessFile file, long start, long length) throws IOException {
    this.file = file;
    this.start = start;
    byte[] end = bytes(length - END_LENGTH, END_LENGTH);
    this.directory = bytes(number(end, END_DIRECTORY_AT), number(end, END_DIRECTORY_SIZE));
    this.records = new int[Integer.highestOneBit(half(end, END_COUNT)) * 4];
    Arrays.fill(records, -1);
    index();
  }

  /** A jar in this one, which must not be compressed. */
  NestedJar nested(String path) throws IOException {
    int record = find(path.getBytes(StandardCharsets.UTF_8));
    if (record < 0 || half(directory, record + RECORD_METHOD) != ZipEntry.STORED) {
      throw new IOException(
          path + " is missing or compressed in the agent's jar. Use the jar as it was built.");
    }
    return new NestedJar(file, start + contentAt(record), number(directory, record + RECORD_SIZE));
  }

  private void index() {
    for (int at = 0; at < directory.length; ) {
      int nameLength = half(directory, at + RECORD_NAME_LENGTH);
      int slot = slot(directory, at + RECORD_NAME, nameLength);
      while (records[slot] >= 0) {
        slot = next(slot);
      }
      records[slot] = at;
      at +=
          RECORD_NAME
              + nameLength
              + half(directory, at + RECORD_EXTRA_LENGTH)
              + half(directory, at + RECORD_COMMENT_LENGTH);
    }
  }

  /** The content of an entry, null if there is no such entry. */
  byte @Nullable [] read(String path) throws IOException {
    int record = find(path.getBytes(StandardCharsets.UTF_8));
    if (record < 0) {
      return null;
    }
    byte[] content = bytes(contentAt(record), number(directory, record + RECORD_COMPRESSED_SIZE));
    return half(directory, record + RECORD_METHOD) == ZipEntry.DEFLATED
        ? inflate(content, number(directory, record + RECORD_SIZE))
        : content;
  }

  private long contentAt(int record) throws IOException {
    long headerAt = Integer.toUnsignedLong(number(directory, record + RECORD_HEADER_AT));
    byte[] header = bytes(headerAt, HEADER_LENGTH);
    return headerAt
        + HEADER_LENGTH
        + half(header, HEADER_NAME_LENGTH)
        + half(header, HEADER_EXTRA_LENGTH);
  }

  private int find(byte[] name) {
    int slot = slot(name, 0, name.length);
    while (records[slot] >= 0 && !isNamed(records[slot], name)) {
      slot = next(slot);
    }
    return records[slot];
  }

  private boolean isNamed(int record, byte[] name) {
    int length = half(directory, record + RECORD_NAME_LENGTH);
    int from = record + RECORD_NAME;
    return Arrays.equals(directory, from, from + length, name, 0, name.length);
  }

  private int slot(byte[] bytes, int nameAt, int nameLength) {
    int hash = nameLength;
    for (int i = Math.max(0, nameLength - HASHED_FROM_END); i < nameLength - HASHED_TO_END; i++) {
      hash = 31 * hash + bytes[nameAt + i];
    }
    return (hash ^ (hash >>> 15)) & (records.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (records.length - 1);
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
    byte[] bytes = new byte[length];
    synchronized (file) {
      file.seek(start + at);
      file.readFully(bytes);
    }
    return bytes;
  }

  private static int half(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
  }

  private static int number(byte[] bytes, int at) {
    return half(bytes, at) | (half(bytes, at + 2) << 16);
  }
}
