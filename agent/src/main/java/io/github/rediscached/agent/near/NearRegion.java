package io.github.rediscached.agent.near;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The near entries of the methods of one class loader. Only these methods refer to it, so that it
 * is collected with the loader. Thread-safe; a look-up takes no lock.
 *
 * <p>The eviction is made for cheap hits: a hit only adds one to a counter in the entry, up to
 * three. The queues are those of S3-FIFO (Yang, Zhang, Qiu, Yue, Rashmi: FIFO Queues are All You
 * Need for Cache Eviction, SOSP 2023). A new entry begins in a small queue. At its end, an entry
 * that was used goes to the main queue, and one that was not leaves early, so that keys which are
 * asked for once take little room. At the end of the main queue, an entry that was used goes
 * through the queue once more.
 *
 * <p>S3-FIFO remembers the keys of evicted entries in a third queue. This class compares {@link
 * Frequencies} instead, as TinyLFU does: an unused entry of the small queue replaces the oldest
 * unused one of the main queue if its key was asked for more often lately. That keeps part of a
 * loop that is longer than the cache, of which S3-FIFO alone keeps nothing.
 */
public final class NearRegion {

  /**
   * The small queue's part of the weight. A smaller one is better for loops, a larger one for keys
   * that are asked for again soon. Measured with the traces of docs/benchmarks.md.
   */
  private static final double SMALL_SHARE = 0.055;

  /**
   * The frequencies must differ by more than this. When the keys of a loop are compared, some have
   * come round once more than others. Without the margin, the entries that are needed next would be
   * evicted.
   */
  private static final int MARGIN = 1;

  /** Bounds the used entries that one eviction skips, so that no caller walks the whole queue. */
  private static final int MAX_SPARED = 64;

  /** The clock may be late by a tick, and its thread by one more. */
  private static final long MARGIN_MILLIS = 2 * NearClock.TICK_MILLIS;

  /** The entry, nodes of hash tables, and its places in a queue and in the frequency table. */
  private static final int ENTRY_BYTES = 144;

  private final NearCache cache;
  private final NearClock clock;
  private final Dependencies dependencies = new Dependencies();
  private final ConcurrentMap<NearKey, NearEntry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger methods = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<NearEntry> small = new ArrayDeque<>();
  private final ArrayDeque<NearEntry> main = new ArrayDeque<>();
  private final Frequencies frequencies = new Frequencies();
  private long smallWeight;
  private long weight;

  NearRegion(NearCache cache, NearClock clock) {
    this.cache = cache;
    this.clock = clock;
  }

  /** A number for the keys of one more method. */
  public int newMethod() {
    return methods.incrementAndGet();
  }

  /** The entry that may serve a call; null if there is none. */
  public @Nullable NearEntry find(NearKey key) {
    NearEntry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (entry.isOver(clock.nowMillis())) {
      if (clock.runs()) {
        entries.remove(key, entry);
      }
      return null;
    }
    if (!entry.isUnchanged(dependencies)) {
      entries.remove(key, entry);
      return null;
    }
    entry.used();
    return entry;
  }

  /**
   * Begins to watch Redis keys. Call it before these keys are read. If the answer is to become an
   * entry, hand the result to {@link #put}, else to {@link #release}.
   */
  public Dependency[] hold(byte[][] keys) {
    return dependencies.hold(keys);
  }

  public void release(Dependency[] held) {
    dependencies.release(held);
  }

  /**
   * Keeps a result that has just been read, unless a key that it depends on has changed since.
   * Never throws.
   *
   * @param held the keys that it depends on, held since before they were read. This method releases
   *     them
   * @param lifeMillis how long it may serve
   * @param valueWeight the size of the content in memory, in bytes, about
   */
  public void put(
      NearKey key, NearEntry.Content content, Dependency[] held, long lifeMillis, int valueWeight) {
    boolean queued = false;
    try {
      int weight = weightOf(key, held, valueWeight);
      // If another thread has the lock, this result is not kept; the next hit in Redis will be.
      if (lifeMillis > MARGIN_MILLIS
          && weight <= cache.maxEntryBytes()
          && !Dependencies.anyChanged(held)
          && lock.tryLock()) {
        try {
          long deadlineMillis = clock.exactMillis() + lifeMillis - MARGIN_MILLIS;
          NearEntry entry = new NearEntry(key, content, held, deadlineMillis, weight);
          small.add(entry);
          queued = true;
          add(entry);
          evict(cache.shareBytes());
        } finally {
          lock.unlock();
        }
        clock.wake();
      }
    } catch (Throwable e) {
      // No memory, or no thread for the clock: the result is not kept, or does not serve yet.
    } finally {
      if (!queued) {
        release(held);
      }
    }
  }

  /**
   * Replaces the bytes of an entry by another source, if there is room for it. Does nothing while
   * another thread changes the queues. Never throws.
   *
   * @param source the new {@link NearEntry#source}
   * @param sourceWeight its size in memory, in bytes, about
   */
  public void replaceBytes(NearEntry entry, Object source, int sourceWeight) {
    int weight = weightOf(entry.key(), entry.dependencies(), sourceWeight);
    if (weight > cache.maxEntryBytes()) {
      entry.stayAsBytes();
    } else if (lock.tryLock()) {
      try {
        // Otherwise it is in no queue any more, or another thread has replaced the bytes.
        if (isPresent(entry) && entry.source() instanceof byte[]) {
          int more = weight - entry.weight();
          entry.replaceBytes(source, weight);
          this.weight += more;
          smallWeight += entry.isSmall() ? more : 0;
          evict(cache.shareBytes());
        }
      } catch (Throwable e) {
        // No memory: the bytes stay.
      } finally {
        lock.unlock();
      }
    }
  }

  /** Does not count the versions of namespace and cache, which all entries share. */
  private static int weightOf(NearKey key, Dependency[] held, int valueWeight) {
    long weight = ENTRY_BYTES + key.weight() + valueWeight;
    for (int i = 0; i < held.length; i++) {
      weight += i == 1 || i == 2 ? 8 : held[i].weight();
    }
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  /** Evicts entries until the region has its share, which shrinks with each new region. */
  void trim() {
    lock.lock();
    try {
      evict(cache.shareBytes());
    } finally {
      lock.unlock();
    }
  }

  private void add(NearEntry entry) {
    weight += entry.weight();
    smallWeight += entry.weight();
    frequencies.count(entry.key().hashCode(), 1, small.size() + main.size());
    entries.put(entry.key(), entry);
  }

  private void evict(long maxWeight) {
    while (smallWeight > SMALL_SHARE * maxWeight) {
      NearEntry oldest = small.remove();
      smallWeight -= oldest.weight();
      if (!isPresent(oldest)) {
        remove(oldest);
      } else if (weight <= maxWeight || oldest.uses() > 0) {
        toMain(oldest);
      } else {
        contend(oldest);
      }
    }
    while (weight > maxWeight) {
      NearEntry victim = victim();
      if (victim == null) {
        return;
      }
      remove(victim);
    }
  }

  /**
   * Gives the place of the next victim in the main queue to the candidate, if that was asked for
   * more.
   */
  private void contend(NearEntry candidate) {
    NearEntry victim = victim();
    if (victim == null || (isPresent(victim) && !isAskedForMore(candidate, victim))) {
      remove(candidate);
      if (victim != null) {
        main.addFirst(victim);
      }
    } else {
      remove(victim);
      toMain(candidate);
    }
  }

  /** Takes the oldest entry out of the main queue that was not used since it entered it. */
  private @Nullable NearEntry victim() {
    NearEntry oldest = main.poll();
    for (int i = 0; i < MAX_SPARED && oldest != null && oldest.uses() > 0; i++) {
      if (!isPresent(oldest)) {
        return oldest;
      }
      toMain(oldest);
      oldest = main.poll();
    }
    return oldest;
  }

  private void toMain(NearEntry entry) {
    frequencies.count(entry.key().hashCode(), entry.uses(), small.size() + main.size());
    entry.uses(0);
    entry.toMain();
    main.add(entry);
  }

  private boolean isAskedForMore(NearEntry one, NearEntry other) {
    return frequencies.of(one.key().hashCode()) + one.uses()
        > frequencies.of(other.key().hashCode()) + other.uses() + MARGIN;
  }

  private void remove(NearEntry entry) {
    frequencies.count(entry.key().hashCode(), entry.uses(), small.size() + main.size());
    weight -= entry.weight();
    entries.remove(entry.key(), entry);
    release(entry.dependencies());
  }

  /** Whether the entry is still in the map and none of its dependencies has changed. */
  private boolean isPresent(NearEntry entry) {
    return entries.get(entry.key()) == entry && !Dependencies.anyChanged(entry.dependencies());
  }

  /** Larger entries are not kept, in bytes. */
  public long maxEntryBytes() {
    return cache.maxEntryBytes();
  }

  /** The value of a Redis key has changed, or may have. */
  void changed(byte[] key) {
    dependencies.changed(key);
  }

  /** All values may have changed. */
  void allChanged() {
    dependencies.allChanged();
    lock.lock();
    try {
      for (NearEntry entry : small) {
        drop(entry);
      }
      for (NearEntry entry : main) {
        drop(entry);
      }
      small.clear();
      main.clear();
      smallWeight = 0;
      weight = 0;
    } finally {
      lock.unlock();
    }
  }

  private void drop(NearEntry entry) {
    entries.remove(entry.key(), entry);
    release(entry.dependencies());
  }

  /** The number of results in memory. */
  int size() {
    return entries.size();
  }

  /** The number of Redis keys that are watched. */
  int watched() {
    return dependencies.size();
  }

  /** The weight of all entries in the queues, expired ones included. */
  long weight() {
    lock.lock();
    try {
      return weight;
    } finally {
      lock.unlock();
    }
  }
}
