package io.github.rediscached.agent.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The right to store an entry, with the versions as they were before the load.
 *
 * @param token names the call that has the lease
 * @param granted whether this call has it
 * @param counter no version that was there has a higher number
 * @param overNanos when it is over at the latest, as {@link System#nanoTime}; of one that was
 *     granted
 * @param versions of all tags, of patterns, and those of a look-up, one behind the other
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its own methods.
public record Lease(
    byte[] token, boolean granted, byte[] counter, long overNanos, byte[] versions) {

  public static final int TOKEN_BYTES = 16;

  /** First byte of the token of a put, for which no call waits. */
  public static final byte PUT = 1;

  /** First byte of the token of a load. */
  public static final byte LOAD = 0;

  public boolean isOfPut() {
    return token[0] == PUT;
  }

  /** What stands in the entry: of the versions of a look-up. */
  public long digest() {
    return Versions.digest(versions, 2 * Versions.BYTES);
  }

  /**
   * Whether nothing was invalidated between the two answers, tags aside that only the result names.
   */
  public boolean isSameLoadAs(Lease other) {
    return Arrays.equals(token, other.token)
        && Arrays.equals(
            versions,
            Versions.BYTES,
            versions.length,
            other.versions,
            Versions.BYTES,
            other.versions.length);
  }

  /** As a key of a map. */
  public ByteBuffer id() {
    return ByteBuffer.wrap(token);
  }
}
