package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * What Redis had for a key.
 *
 * @param found the entry's result, if there is one that may be used: on a hit, or where the method
 *     fails
 * @param hit false if the method must run
 * @param keys where the result goes on a miss
 * @param seen the token of the entry that is no hit, empty if there is none
 * @param mainToken the token of the foreign entry that a new one is a variant of; else 0
 * @param unreadable whether something was there that could not be read
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Lookup(
    @Nullable Found found,
    boolean hit,
    CallKeys keys,
    byte[] seen,
    long mainToken,
    boolean unreadable)
    implements Search {

  /**
   * A result out of an entry.
   *
   * @param value the result, or the exception to throw; null may be the result
   * @param exception whether {@code value} is an exception to throw
   * @param loadMicros how long the method took
   * @param createdMillis when it was stored, by the clock of Redis
   */
  record Found(@Nullable Object value, boolean exception, long loadMicros, long createdMillis) {}

  /** The result of a hit. */
  Found result() {
    if (found == null) {
      throw new IllegalStateException("no hit");
    }
    return found;
  }

  static Lookup hit(Found found, CallKeys keys, byte[] seen, long mainToken) {
    return new Lookup(found, true, keys, seen, mainToken, false);
  }

  static Lookup miss(
      @Nullable Found stale, CallKeys keys, byte[] seen, long mainToken, boolean unreadable) {
    return new Lookup(stale, false, keys, seen, mainToken, unreadable);
  }
}
