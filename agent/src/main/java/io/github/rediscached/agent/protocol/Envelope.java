package io.github.rediscached.agent.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header in front of every entry. Its checksum covers key, header and value, so a value that
 * was copied under another key, foreign bytes and a flipped bit are all recognised.
 *
 * <p>Layout, big-endian: magic 2, format 1, flags 1, checksum 4, schema 8, token 8, created 8, TTL
 * 8, load time 4, versions 8; the main entry's token 8, if it is a variant; the number of named
 * tags 4, and of each its length 2 and its UTF-8 bytes, if there are any; the length of the value
 * before it was compressed 4, if it is. Then the value, and behind it, outside of the checksum, the
 * versions of the named tags, which Redis itself appends. {@link Scripts} knows the places of
 * flags, token and tags.
 *
 * @param exception whether the value is an exception that the method threw
 * @param schema hash of the method and of the layout of its return type
 * @param token random; names this very write of the entry
 * @param createdMillis when it was written, in milliseconds since 1970 by the clock of Redis
 * @param ttlMillis how long it is fresh
 * @param loadMicros how long the method took, at most {@link #MAX_LOAD_MICROS}
 * @param versions digest of the versions of namespace, cache and unnamed tags
 * @param mainToken 0, or for a variant the token of the main entry beside which it is good
 * @param tags the named tags: those that the reader can't know from the arguments
 * @param expandedBytes 0, or for a compressed value its length before
 * @param sealed whether the value is encrypted
 */
public record Envelope(
    boolean exception,
    long schema,
    long token,
    long createdMillis,
    long ttlMillis,
    long loadMicros,
    long versions,
    long mainToken,
    List<String> tags,
    int expandedBytes,
    boolean sealed) {

  /** Bytes of the version of a tag behind the value. */
  public static final int VERSION_BYTES = 16;

  /** Where the token begins, and how long it is. */
  public static final int TOKEN_AT = 16;

  public static final int TOKEN_BYTES = 8;

  public static final long MAX_LOAD_MICROS = 0xFFFF_FFFFL;

  private static final short MAGIC = (short) 0xCAC4;

  /** Another number is another order of the bytes: a miss for versions that do not know it. */
  static final byte FORMAT = 4;

  private static final int EXCEPTION = 1;
  private static final int VARIANT = 2;
  private static final int NAMED_TAGS = 4;
  private static final int COMPRESSED = 8;
  private static final int SEALED = 16;

  /** A flag that is not known changes the meaning of the rest, such as by a longer header. */
  private static final int KNOWN_FLAGS = EXCEPTION | VARIANT | NAMED_TAGS | COMPRESSED | SEALED;

  private static final int CHECKSUM_AT = 4;
  private static final int FIXED_BYTES = 52;

  /** Of a value as the codec has written it. */
  public Envelope(
      boolean exception,
      long schema,
      long token,
      long createdMillis,
      long ttlMillis,
      long loadMicros,
      long versions,
      long mainToken,
      List<String> tags) {
    this(
        exception,
        schema,
        token,
        createdMillis,
        ttlMillis,
        loadMicros,
        versions,
        mainToken,
        tags,
        0,
        false);
  }

  /**
   * The same around other bytes of the value.
   *
   * @param itsExpandedBytes as {@link #expandedBytes}
   * @param isSealed as {@link #sealed}
   */
  public Envelope packed(int itsExpandedBytes, boolean isSealed) {
    return new Envelope(
        exception,
        schema,
        token,
        createdMillis,
        ttlMillis,
        loadMicros,
        versions,
        mainToken,
        tags,
        itsExpandedBytes,
        isSealed);
  }

  /** Length of the header; the value follows. */
  public int bytes() {
    int bytes =
        FIXED_BYTES + (mainToken == 0 ? 0 : Long.BYTES) + (expandedBytes == 0 ? 0 : Integer.BYTES);
    if (!tags.isEmpty()) {
      bytes += Integer.BYTES;
      for (String tag : tags) {
        bytes += Short.BYTES + tag.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return bytes;
  }

  /** Where the value ends in an entry of this length. */
  public int valueEnd(int entryLength) {
    return entryLength - VERSION_BYTES * tags.size();
  }

  /**
   * Fills the first {@link #bytes} of an entry.
   *
   * @param entry room for the header, and the value, complete already
   * @param key the Redis key under which the entry will be stored
   */
  public void writeTo(byte[] entry, byte[] key) {
    writeHeader(entry);
    writeChecksum(entry, key);
  }

  /** The first step of {@link #writeTo}, where the value depends on the header. */
  public void writeHeader(byte[] entry) {
    int flags =
        (exception ? EXCEPTION : 0)
            | (mainToken == 0 ? 0 : VARIANT)
            | (tags.isEmpty() ? 0 : NAMED_TAGS)
            | (expandedBytes == 0 ? 0 : COMPRESSED)
            | (sealed ? SEALED : 0);
    ByteBuffer header =
        ByteBuffer.wrap(entry)
            .putShort(MAGIC)
            .put(FORMAT)
            .put((byte) flags)
            .putInt(0)
            .putLong(schema)
            .putLong(token)
            .putLong(createdMillis)
            .putLong(ttlMillis)
            .putInt((int) Math.min(loadMicros, MAX_LOAD_MICROS))
            .putLong(versions);
    if (mainToken != 0) {
      header.putLong(mainToken);
    }
    if (!tags.isEmpty()) {
      header.putInt(tags.size());
      for (String tag : tags) {
        byte[] name = tag.getBytes(StandardCharsets.UTF_8);
        header.putShort((short) name.length).put(name);
      }
    }
    if (expandedBytes != 0) {
      header.putInt(expandedBytes);
    }
  }

  /** The second step, when the value is there. */
  public static void writeChecksum(byte[] entry, byte[] key) {
    ByteBuffer.wrap(entry).putInt(CHECKSUM_AT, checksum(entry, entry.length, key));
  }

  /**
   * What a sealed value is bound to: its key, and the whole header but the checksum.
   *
   * @param entry begins with the header
   * @param headerBytes at most the length of the entry
   */
  public static byte[] bindingOf(byte[] entry, int headerBytes, byte[] key) {
    int afterChecksum = CHECKSUM_AT + Integer.BYTES;
    return ByteBuffer.allocate(Integer.BYTES + key.length + headerBytes - Integer.BYTES)
        .putInt(key.length)
        .put(key)
        .put(entry, 0, CHECKSUM_AT)
        .put(entry, afterChecksum, headerBytes - afterChecksum)
        .array();
  }

  /**
   * Reads the header of an entry.
   *
   * @return null if the entry is not ours, is damaged, belongs to another key, or has a format that
   *     this version does not know
   */
  public static @Nullable Envelope read(byte[] entry, byte[] key) {
    if (entry.length < FIXED_BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(entry);
    if (header.getShort() != MAGIC || header.get() != FORMAT) {
      return null;
    }
    int flags = header.get();
    if ((flags & ~KNOWN_FLAGS) != 0) {
      return null;
    }
    int checksum = header.getInt();
    int namedTags = 0;
    if ((flags & NAMED_TAGS) != 0) {
      int countAt = FIXED_BYTES + ((flags & VARIANT) == 0 ? 0 : Long.BYTES);
      namedTags = entry.length < countAt + Integer.BYTES ? 0 : header.getInt(countAt);
    }
    if (namedTags < 0 || namedTags > entry.length / VERSION_BYTES) {
      return null;
    }
    int checkedBytes = entry.length - VERSION_BYTES * namedTags;
    if (checkedBytes < FIXED_BYTES || checksum != checksum(entry, checkedBytes, key)) {
      return null;
    }
    try {
      Envelope envelope =
          new Envelope(
              (flags & EXCEPTION) != 0,
              header.getLong(),
              header.getLong(),
              header.getLong(),
              header.getLong(),
              header.getInt() & MAX_LOAD_MICROS,
              header.getLong(),
              (flags & VARIANT) == 0 ? 0 : header.getLong(),
              namedTags == 0 ? List.of() : tags(header),
              (flags & COMPRESSED) == 0 ? 0 : header.getInt(),
              (flags & SEALED) != 0);
      return envelope.endsAt(header.position(), checkedBytes) ? envelope : null;
    } catch (BufferUnderflowException e) {
      // Its checksum is right, so another program has written it.
      return null;
    }
  }

  /** Names that are no UTF-8 would have another length. */
  private boolean endsAt(int headerEnd, int checkedBytes) {
    return bytes() == headerEnd && headerEnd <= checkedBytes && expandedBytes >= 0;
  }

  private static List<String> tags(ByteBuffer header) {
    int count = header.getInt();
    List<String> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[header.getShort() & 0xFFFF];
      header.get(name);
      tags.add(new String(name, StandardCharsets.UTF_8));
    }
    return tags;
  }

  private static int checksum(byte[] entry, int length, byte[] key) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(entry, 0, CHECKSUM_AT);
    int afterChecksum = CHECKSUM_AT + Integer.BYTES;
    checksum.update(entry, afterChecksum, length - afterChecksum);
    return (int) checksum.getValue();
  }
}
