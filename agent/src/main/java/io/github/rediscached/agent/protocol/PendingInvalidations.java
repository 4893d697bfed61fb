package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.store.RedisStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Redis keys whose unlinking Redis has not confirmed yet, each with the buckets in which it has
 * not, as {@link RedisStore#bucketOf} numbers them; {@link Invalidations} adds and sends them.
 * Their number is bounded: when there are too many, the oldest give way to a key that invalidates
 * more. It never drops one. Thread-safe.
 */
final class PendingInvalidations {

  private final int maxKeys;

  /** In the order in which they came. */
  private final LinkedHashMap<ByteBuffer, Pending> waiting = new LinkedHashMap<>();

  private long nextStamp;
  private volatile boolean empty = true;

  /**
   * A key that waits.
   *
   * @param companion what has to go in the same command; null if nothing has
   * @param wider what invalidates at least as much; null for a key that has nothing wider, of which
   *     there are few
   * @param buckets where it waits
   * @param stamp tells a key that was added again from the one that was sent
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Pending(
      byte @Nullable [] companion, byte @Nullable [] wider, long buckets, long stamp) {}

  /**
   * Keys that are being sent.
   *
   * @param keys what to unlink in one command
   * @param buckets where at least one of them waits
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Batch(byte[][] keys, long buckets, long lastStamp) {}

  /**
   * @param maxKeys how many may wait, beside those that have nothing wider
   */
  PendingInvalidations(int maxKeys) {
    this.maxKeys = maxKeys;
  }

  /** Whether nothing waits: cheap, for every call asks. */
  boolean isEmpty() {
    return empty;
  }

  /** How many keys wait, companions aside. */
  synchronized int size() {
    return waiting.size();
  }

  /**
   * Adds a key.
   *
   * @param companion a key that makes no sense without it: the two are unlinked by one command, or
   *     what comes between them would see one of them gone; null if there is none
   * @param wider the key that takes its place when too many wait; null if there is none
   * @param buckets where it waits; those where it waits already stay
   */
  synchronized void add(
      byte[] key, byte @Nullable [] companion, byte @Nullable [] wider, long buckets) {
    put(ByteBuffer.wrap(key), companion, wider, buckets);
    empty = false;
    while (waiting.size() > maxKeys && widenOldest()) {}
  }

  private void put(
      ByteBuffer key, byte @Nullable [] companion, byte @Nullable [] wider, long buckets) {
    Pending before = waiting.remove(key);
    long all = before == null ? buckets : buckets | before.buckets();
    waiting.put(key, new Pending(companion, wider, all, nextStamp++));
  }

  /** Returns false if nothing can be widened. */
  private boolean widenOldest() {
    for (Map.Entry<ByteBuffer, Pending> oldest : waiting.entrySet()) {
      byte[] wider = oldest.getValue().wider();
      if (wider != null) {
        waiting.remove(oldest.getKey());
        put(ByteBuffer.wrap(wider), null, null, oldest.getValue().buckets());
        return true;
      }
    }
    return false;
  }

  /** Whether one of these keys waits in one of these buckets. */
  boolean concerns(long buckets, byte[]... keys) {
    if (empty) {
      return false;
    }
    synchronized (this) {
      for (byte[] key : keys) {
        Pending pending = waiting.get(ByteBuffer.wrap(key));
        if (pending != null && (pending.buckets() & buckets) != 0) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * All keys, the oldest first, so many in each batch, and their companions. They go on waiting.
   */
  synchronized List<Batch> batches(int count) {
    List<Batch> batches = new ArrayList<>();
    List<byte[]> keys = new ArrayList<>();
    int taken = 0;
    int left = waiting.size();
    long buckets = 0;
    for (Map.Entry<ByteBuffer, Pending> entry : waiting.entrySet()) {
      Pending pending = entry.getValue();
      if (pending.companion() != null) {
        keys.add(pending.companion());
      }
      keys.add(entry.getKey().array());
      buckets |= pending.buckets();
      left--;
      if (++taken == count || left == 0) {
        batches.add(new Batch(keys.toArray(new byte[0][]), buckets, pending.stamp()));
        keys.clear();
        taken = 0;
        buckets = 0;
      }
    }
    return batches;
  }

  /**
   * Redis has unlinked these in these buckets. A key that was added again since goes on waiting.
   */
  synchronized void done(Batch batch, long buckets) {
    for (byte[] key : batch.keys()) {
      waiting.computeIfPresent(
          ByteBuffer.wrap(key),
          (ignored, pending) -> {
            if (pending.stamp() > batch.lastStamp()) {
              return pending;
            }
            long left = pending.buckets() & ~buckets;
            return left == 0
                ? null
                : new Pending(pending.companion(), pending.wider(), left, pending.stamp());
          });
    }
    empty = waiting.isEmpty();
  }
}
