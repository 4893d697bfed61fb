package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.key.ProtocolKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The Redis keys of one call of a cached method.
 *
 * @param read what every look-up reads: the entry, the versions of namespace and cache, and those
 *     of the tags that are known from the arguments
 * @param named the versions of tags that the next entry will name, as far as they are known already
 * @param expected the versions of all tags that the present entry probably names, in its order;
 *     null if there may be some and they are not known
 * @param beganNanos when the call began or, as {@link System#nanoTime}, some time before
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
public record CallKeys(
    byte[][] read, byte[][] named, byte @Nullable [][] expected, long beganNanos) {

  public static final byte[][] NONE = {};

  public byte[] entry() {
    return read[0];
  }

  public byte[] lease() {
    return ProtocolKeys.lease(entry());
  }

  /** What is to be read at once to know whether the entry is good, as far as that is known. */
  public byte[][] readWithExpected() {
    return expected == null || expected.length == 0 ? read : readWith(expected);
  }

  /** What is to be read to know whether an entry with these tags is good. */
  public byte[][] readWith(byte[][] tagKeys) {
    byte[][] both = Arrays.copyOf(read, read.length + tagKeys.length);
    System.arraycopy(tagKeys, 0, both, read.length, tagKeys.length);
    return both;
  }

  /**
   * The same for another entry.
   *
   * @param itsTags as {@link #expected}
   */
  public CallKeys withEntry(byte[] entry, byte @Nullable [][] itsTags) {
    byte[][] other = read.clone();
    other[0] = entry;
    return new CallKeys(other, named, itsTags, beganNanos);
  }
}
