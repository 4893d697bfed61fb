package io.github.rediscached.agent.call;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which tags the entries of a method named when this JVM last saw them, so that their versions can
 * be read together with the entry. Forgets whatever it likes to: a guess that is missing costs a
 * script, one that is wrong costs a second round trip. Thread-safe.
 */
final class ExpectedTags {

  /** A key has one place, so two keys may keep each other out. */
  private static final int PLACES = 4_096;

  /** Of an entry that names more, nothing is kept, or this would become large. */
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
