package io.github.rediscached.agent.call;

import io.github.rediscached.agent.key.ProtocolKeys;

/**
 * The Redis keys of one call of a cached method.
 *
 * @param read what a look-up reads: the entry, the versions of namespace and cache, and those of
 *     the tags that are known from the arguments
 * @param named the versions of tags that the entry names, as far as they are known already
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record CallKeys(byte[][] read, byte[][] named) {

  static final byte[][] NONE = {};

  byte[] entry() {
    return read[0];
  }

  byte[] lease() {
    return ProtocolKeys.lease(entry());
  }

  /** The same for another entry. */
  CallKeys withEntry(byte[] entry) {
    byte[][] other = read.clone();
    other[0] = entry;
    return new CallKeys(other, named);
  }
}
