package io.github.rediscached.agent.protocol;

import io.github.rediscached.agent.store.RedisStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Redis keys whose unlinking Redis has not confirmed yet, each with the buckets in which it has
 * not, as {@link RedisStore#bucketOf} numbers them; {@link Invalidations} adds and sends them.
 * Their number is bounded: when there are too many, the oldest give way to a key that invalidates
 * more. It never drops one.
 *
 * <p>A call asks at its end, when it knows which tags its entry names. What it has read may be from
 * before the unlinking, also if that is confirmed by then. So keys that were done are remembered,
 * with the time: they concern the calls that began before. Thread-safe.
 */
final class PendingInvalidations {

  private final int maxKeys;
  private final LongSupplier nanoTime;

  /** In the order in which they came. */
  private final LinkedHashMap<ByteBuffer, Pending> waiting = new LinkedHashMap<>();

  /** Those that were done, at most as many, in the order in which they were. */
  private final LinkedHashMap<ByteBuffer, Done> done = new LinkedHashMap<>();

  /** Calls that began before may be concerned by keys that are not remembered any more. */
  private long forgottenNanos;

  private long nextStamp;
  private volatile boolean empty = true;
  private volatile long lastDoneNanos;

  /**
   * A key that waited.
   *
   * @param buckets where it did
   * @param nanos when it was unlinked, at the latest
   */
  private record Done(long buckets, long nanos) {}

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
   * @param nanoTime as {@link System#nanoTime}
   */
  PendingInvalidations(int maxKeys, LongSupplier nanoTime) {
    this.maxKeys = maxKeys;
    this.nanoTime = nanoTime;
    this.forgottenNanos = nanoTime.getAsLong();
    this.lastDoneNanos = forgottenNanos;
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return empty;
  }

  /** Whether anything may concern a call that began then: cheap, for every call asks. */
  boolean mayConcern(long beganNanos) {
    return !empty || lastDoneNanos - beganNanos > 0;
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

  /** Whether one of these keys waits in one of these buckets, or did when the call began. */
  synchronized boolean concerns(long beganNanos, long buckets, byte[]... keys) {
    if (forgottenNanos - beganNanos > 0) {
      return true;
    }
    for (byte[] key : keys) {
      ByteBuffer wrapped = ByteBuffer.wrap(key);
      Pending pending = waiting.get(wrapped);
      if (pending != null && (pending.buckets() & buckets) != 0) {
        return true;
      }
      Done before = done.get(wrapped);
      if (before != null && (before.buckets() & buckets) != 0 && before.nanos() - beganNanos > 0) {
        return true;
      }
    }
    return false;
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
    long now = nanoTime.getAsLong();
    for (byte[] key : batch.keys()) {
      waiting.computeIfPresent(
          ByteBuffer.wrap(key),
          (wrapped, pending) -> {
            remember(wrapped, pending.buckets() & buckets, now);
            if (pending.stamp() > batch.lastStamp()) {
              return pending;
            }
            long left = pending.buckets() & ~buckets;
            return left == 0
                ? null
                : new Pending(pending.companion(), pending.wider(), left, pending.stamp());
          });
    }
    lastDoneNanos = now;
    empty = waiting.isEmpty();
  }

  private void remember(ByteBuffer key, long buckets, long now) {
    if (buckets == 0) {
      return;
    }
    Done before = done.remove(key);
    done.put(key, new Done(before == null ? buckets : buckets | before.buckets(), now));
    if (done.size() > maxKeys) {
      Map.Entry<ByteBuffer, Done> eldest = done.entrySet().iterator().next();
      forgottenNanos = eldest.getValue().nanos();
      done.remove(eldest.getKey());
    }
  }
}
