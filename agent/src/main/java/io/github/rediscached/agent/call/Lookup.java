package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Envelope;
import io.github.rediscached.agent.protocol.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The answer of Redis to the look-up of a key, checked by {@link Entries}.
 *
 * @param usable the entry's result, if there is one that may be given: on a hit, or where the
 *     method fails
 * @param hit false if the method must run
 * @param keys where the result goes on a miss
 * @param seen the token of the entry that is no hit, empty if there is none
 * @param mainToken the token of the foreign entry that a new one is a variant of; else 0
 * @param unread whether something was there that could not be read
 * @param tracked whether Redis tells when what was read changes
 * @param lease what Redis said of the lease, if it was asked at once; only on a miss
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Lookup(
    @Nullable Found usable,
    boolean hit,
    CallKeys keys,
    byte[] seen,
    long mainToken,
    Unread unread,
    boolean tracked,
    @Nullable Lease lease) {

  /** What could not be read. */
  enum Unread {
    /** There was no such thing. */
    NONE,
    /** Something that is no entry of ours, or damaged. */
    DAMAGED,
    /** Something of which the log says more already. */
    REPORTED
  }

  /**
   * A result out of an entry.
   *
   * @param value the result, or the exception to throw; null may be the result
   * @param entry the header of the entry
   * @param bytes all of the entry, as it is in Redis
   * @param written the value in it, as the codec has written it
   */
  record Found(@Nullable Object value, Envelope entry, byte[] bytes, Packing.Value written) {

    /** Whether {@link #value} is an exception to throw. */
    boolean exception() {
      return entry.exception();
    }

    /** How long the method took. */
    long loadMicros() {
      return entry.loadMicros();
    }

    /** When it was stored, by the clock of Redis. */
    long createdMillis() {
      return entry.createdMillis();
    }
  }

  /** The result of a hit. */
  Found result() {
    if (!hit || usable == null) {
      throw new IllegalStateException("no hit");
    }
    return usable;
  }

  /** The result to give on a miss if the method fails; null if there is none. */
  @Nullable Found stale() {
    return hit ? null : usable;
  }

  static Lookup hit(Found found, CallKeys keys, byte[] seen, long mainToken) {
    return new Lookup(found, true, keys, seen, mainToken, Unread.NONE, false, null);
  }

  static Lookup miss(
      @Nullable Found stale, CallKeys keys, byte[] seen, long mainToken, Unread unread) {
    return new Lookup(stale, false, keys, seen, mainToken, unread, false, null);
  }

  /** A hit whose value may not be given as it is. */
  Lookup asStale() {
    return new Lookup(usable, false, keys, seen, mainToken, Unread.NONE, false, null);
  }

  /** The same, and Redis tells of changes. */
  Lookup withTracking() {
    return new Lookup(usable, hit, keys, seen, mainToken, unread, true, lease);
  }

  /** The same, and what was said of the lease. */
  Lookup with(Lease asked) {
    return new Lookup(usable, hit, keys, seen, mainToken, unread, tracked, asked);
  }

  /** Whether it is good only beside a foreign entry. */
  boolean isVariant() {
    return mainToken != 0;
  }

  /** Whether a lease that was asked for without having seen an entry is one for this. */
  boolean isVoid() {
    return !hit && seen.length == 0 && !isVariant();
  }
}
