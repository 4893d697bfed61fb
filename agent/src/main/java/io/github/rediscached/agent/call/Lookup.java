package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * What Redis had for a key.
 *
 * @param hit false if the method must run
 * @param value of a hit: the result, or the exception to throw; null may be the result
 * @param exception whether {@code value} is an exception to throw
 * @param loadMicros of a hit: how long the method took when the entry was made
 * @param entryKey of a miss: where the result goes
 * @param mainToken of a miss: see {@link Load}
 * @param unreadable of a miss: something was there that could not be read
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Lookup(
    boolean hit,
    @Nullable Object value,
    boolean exception,
    long loadMicros,
    byte[] entryKey,
    long mainToken,
    boolean unreadable) {

  private static final byte[] NO_KEY = {};

  static Lookup hit(@Nullable Object value, boolean exception, long loadMicros) {
    return new Lookup(true, value, exception, loadMicros, NO_KEY, 0, false);
  }

  static Lookup miss(byte[] entryKey, long mainToken, boolean unreadable) {
    return new Lookup(false, null, false, 0, entryKey, mainToken, unreadable);
  }
}
