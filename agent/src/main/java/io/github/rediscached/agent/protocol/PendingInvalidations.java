package io.github.rediscached.agent.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Redis keys whose unlinking Redis has not confirmed yet; {@link Invalidations} adds and sends
 * them. Their number is bounded: when there are too many, the oldest give way to a key that
 * invalidates more. It never drops one. Thread-safe.
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
   * @param stamp tells a key that was added again from the one that was sent
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Pending(byte @Nullable [] companion, byte @Nullable [] wider, long stamp) {}

  /**
   * Keys that are being sent.
   *
   * @param keys what to unlink in one command
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Batch(byte[][] keys, long lastStamp) {}

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
   */
  synchronized void add(byte[] key, byte @Nullable [] companion, byte @Nullable [] wider) {
    put(ByteBuffer.wrap(key), companion, wider);
    empty = false;
    while (waiting.size() > maxKeys && widenOldest()) {}
  }

  private void put(ByteBuffer key, byte @Nullable [] companion, byte @Nullable [] wider) {
    waiting.remove(key);
    waiting.put(key, new Pending(companion, wider, nextStamp++));
  }

  /** Returns false if nothing can be widened. */
  private boolean widenOldest() {
    for (Map.Entry<ByteBuffer, Pending> oldest : waiting.entrySet()) {
      byte[] wider = oldest.getValue().wider();
      if (wider != null) {
        waiting.remove(oldest.getKey());
        put(ByteBuffer.wrap(wider), null, null);
        return true;
      }
    }
    return false;
  }

  /** Whether one of these keys waits. */
  boolean concerns(byte[]... keys) {
    if (empty) {
      return false;
    }
    synchronized (this) {
      for (byte[] key : keys) {
        if (waiting.containsKey(ByteBuffer.wrap(key))) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * The oldest keys, at most so many, and their companions; null if none wait. They go on waiting.
   */
  @Nullable Batch oldest(int count) {
    List<Batch> batches = batches(count, 1);
    return batches.isEmpty() ? null : batches.get(0);
  }

  /** All keys, so many in each batch. They go on waiting. */
  List<Batch> all(int count) {
    return batches(count, Integer.MAX_VALUE);
  }

  private synchronized List<Batch> batches(int count, int most) {
    List<Batch> batches = new ArrayList<>();
    List<byte[]> keys = new ArrayList<>();
    int taken = 0;
    long lastStamp = -1;
    for (Map.Entry<ByteBuffer, Pending> pending : waiting.entrySet()) {
      byte[] companion = pending.getValue().companion();
      if (companion != null) {
        keys.add(companion);
      }
      keys.add(pending.getKey().array());
      lastStamp = pending.getValue().stamp();
      if (++taken == count) {
        batches.add(new Batch(keys.toArray(new byte[0][]), lastStamp));
        if (batches.size() == most) {
          return batches;
        }
        keys.clear();
        taken = 0;
      }
    }
    if (taken > 0) {
      batches.add(new Batch(keys.toArray(new byte[0][]), lastStamp));
    }
    return batches;
  }

  /** Redis has unlinked these. A key that was added again since goes on waiting. */
  synchronized void done(Batch batch) {
    for (byte[] key : batch.keys()) {
      Pending pending = waiting.get(ByteBuffer.wrap(key));
      if (pending != null && pending.stamp() <= batch.lastStamp()) {
        waiting.remove(ByteBuffer.wrap(key));
      }
    }
    empty = waiting.isEmpty();
  }
}
