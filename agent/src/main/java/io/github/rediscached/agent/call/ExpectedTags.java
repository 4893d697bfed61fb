package io.github.rediscached.agent.call;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A guess at the tags that an entry names, by the entry that this JVM saw last. Tags that come from
 * a result are known only from the entry, and are good only with their versions; with a guess the
 * look-up reads both in one round trip. {@link CachedMethod} holds one of these for each method. It
 * is a table of fixed size that overwrites, never a truth: without a guess the look-up takes a
 * script, with a wrong one a second round trip. Thread-safe.
 */
final class ExpectedTags {

  /** A key has one place, so two keys may keep each other out. */
  private static final int PLACES = 4_096;

  /** Nothing is kept of an entry that names more, to bound the memory. */
  private static final int MAX_TAGS = 16;

  /** The multiplier of Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
  private static final int SPREAD = 0x9E3779B9;

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Seen(byte[] entry, byte[][] tags) {}

  /** Made when it is first needed: most methods have no such tags. */
  private volatile @Nullable AtomicReferenceArray<@Nullable Seen> places;

  /** The keys of their versions, in the order of the entry; null if nothing is known. */
  byte @Nullable [][] of(byte[] entry) {
    AtomicReferenceArray<@Nullable Seen> table = places;
    Seen seen = table == null ? null : table.get(placeOf(entry));
    return seen != null && Arrays.equals(seen.entry(), entry) ? seen.tags() : null;
  }

  /** An entry names these. */
  void saw(byte[] entry, byte[][] tags) {
    if (tags.length <= MAX_TAGS) {
      table().set(placeOf(entry), new Seen(entry, tags));
    }
  }

  private AtomicReferenceArray<@Nullable Seen> table() {
    AtomicReferenceArray<@Nullable Seen> table = places;
    if (table == null) {
      // Made twice by two threads, one of them forgets what it saw.
      table = new AtomicReferenceArray<>(PLACES);
      places = table;
    }
    return table;
  }

  private static int placeOf(byte[] entry) {
    return (Arrays.hashCode(entry) * SPREAD)
        >>> (Integer.SIZE - Integer.numberOfTrailingZeros(PLACES));
  }
}
