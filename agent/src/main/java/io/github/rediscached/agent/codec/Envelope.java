package io.github.rediscached.agent.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header in front of every entry. Its checksum covers key, header and value, so a value that
 * was copied under another key, foreign bytes and a flipped bit are all recognised.
 *
 * @param exception whether the value is an exception that the method threw
 * @param schema hash of the method and of the layout of its return type
 * @param token random; names this very write of the entry
 * @param createdMillis when it was written, in milliseconds since 1970
 * @param ttlMillis how long it was to live then; 0 if without end
 * @param loadMicros how long the method took
 * @param mainToken 0, or for a variant the token of the main entry beside which it is good
 */
public record Envelope(
    boolean exception,
    long schema,
    long token,
    long createdMillis,
    long ttlMillis,
    long loadMicros,
    long mainToken) {

  /** Length of the header; the value follows. */
  public static final int BYTES = 56;

  private static final short MAGIC = (short) 0xCAC4;

  /** Another number is another order of the bytes: a miss for all who do not know it. */
  private static final byte FORMAT = 1;

  private static final int EXCEPTION = 1;

  /** A flag that is not known changes the meaning of the rest, such as by a longer header. */
  private static final int KNOWN_FLAGS = EXCEPTION;

  private static final int CHECKSUM_AT = 4;

  /**
   * Fills the first {@link #BYTES} of an entry.
   *
   * @param entry room for the header, and the value, complete already
   * @param key the Redis key under which the entry will be stored
   */
  public void writeTo(byte[] entry, byte[] key) {
    ByteBuffer.wrap(entry)
        .putShort(MAGIC)
        .put(FORMAT)
        .put((byte) (exception ? EXCEPTION : 0))
        .putInt(0)
        .putLong(schema)
        .putLong(token)
        .putLong(createdMillis)
        .putLong(ttlMillis)
        .putLong(loadMicros)
        .putLong(mainToken)
        .putInt(CHECKSUM_AT, checksum(entry, key));
  }

  /**
   * Reads the header of an entry.
   *
   * @return null if the entry is not ours, is damaged, belongs to another key, or has a format that
   *     this version does not know
   */
  public static @Nullable Envelope read(byte[] entry, byte[] key) {
    if (entry.length < BYTES) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(entry);
    if (header.getShort() != MAGIC || header.get() != FORMAT) {
      return null;
    }
    int flags = header.get();
    if ((flags & ~KNOWN_FLAGS) != 0 || header.getInt() != checksum(entry, key)) {
      return null;
    }
    return new Envelope(
        (flags & EXCEPTION) != 0,
        header.getLong(),
        header.getLong(),
        header.getLong(),
        header.getLong(),
        header.getLong(),
        header.getLong());
  }

  private static int checksum(byte[] entry, byte[] key) {
    CRC32C checksum = new CRC32C();
    checksum.update(key);
    checksum.update(entry, 0, CHECKSUM_AT);
    int afterChecksum = CHECKSUM_AT + Integer.BYTES;
    checksum.update(entry, afterChecksum, entry.length - afterChecksum);
    return (int) checksum.getValue();
  }
}
