package io.github.rediscached.agent.near;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one class loader's methods, held by these methods only, so that they go with the
 * loader. Thread-safe; finding one takes no lock.
 *
 * <p>A hit has nothing to do but to count up to three. A new entry waits in a small queue; if it is
 * used there, it goes on to the main queue; if not, it takes the place of the oldest unused entry
 * of the main queue, provided that it was asked for more often lately, also while it was not here.
 * The queues are those of S3-FIFO (Yang, Zhang, Qiu, Yue, Rashmi: FIFO Queues are All You Need for
 * Cache Eviction, SOSP 2023); asking the frequency in place of its ghosts is TinyLFU's part, see
 * {@link Frequencies}, for loops that are longer than the cache.
 */
public final class NearRegion {

  /**
   * The small queue's part of the weight. Smaller would be better for loops, larger for what is
   * asked for again soon: measured with the traces of docs/benchmarks.md, as are the uses.
   */
  private static final double SMALL_SHARE = 0.055;

  /**
   * By how much the frequencies must differ. Of the keys of a loop some have come round once more
   * than others when they are compared; were that enough, those would go that are about to be used.
   */
  private static final int MARGIN = 1;

  /** After so many used ones the next goes all the same, so that no caller has to walk them all. */
  private static final int MAX_SPARED = 64;

  /** The clock may be late by a tick, and its thread by another. */
  private static final long MARGIN_MILLIS = 2 * NearClock.TICK_MILLIS;

  /** Entry, nodes of hash tables, places in a queue and in the table of frequencies. */
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

  /** What may be given for this call, if there is something. */
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
   * Begins to watch keys of Redis. Before these keys are read, for the answer to become an entry;
   * then give it to {@link #put} or back by {@link #release}.
   */
  public Dependency[] hold(byte[][] keys) {
    return dependencies.hold(keys);
  }

  public void release(Dependency[] held) {
    dependencies.release(held);
  }

  /**
   * Keeps a result that has just been read, unless something that it depends on has changed since.
   * Never throws.
   *
   * @param held the keys that it depends on, held since before they were read; taken over
   * @param lifeMillis how long it may serve
   * @param valueWeight what the content takes in memory, in bytes, about
   */
  public void put(
      NearKey key, NearEntry.Content content, Dependency[] held, long lifeMillis, int valueWeight) {
    boolean queued = false;
    try {
      int weight = weightOf(key, held, valueWeight);
      // Where another thread has the lock it has the work to do; the next hit brings this one back.
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
      // No memory, or no thread for the clock: then it is not kept, or does not serve yet.
    } finally {
      if (!queued) {
        release(held);
      }
    }
  }

  /**
   * Has something else take the place of an entry's bytes, if there is room for it. May do nothing
   * where others are busy with the queues. Never throws.
   *
   * @param source what {@link NearEntry#source} gives from then on
   * @param sourceWeight what that takes in memory, in bytes, about
   */
  public void replaceBytes(NearEntry entry, Object source, int sourceWeight) {
    int weight = weightOf(entry.key(), entry.dependencies(), sourceWeight);
    if (weight > cache.maxEntryBytes()) {
      entry.stayAsBytes();
    } else if (lock.tryLock()) {
      try {
        // Else it is in no queue any more, or has been replaced by another thread.
        if (isPresent(entry) && entry.source() instanceof byte[]) {
          int more = weight - entry.weight();
          entry.replaceBytes(source, weight);
          this.weight += more;
          smallWeight += entry.isSmall() ? more : 0;
          evict(cache.shareBytes());
        }
      } catch (Throwable e) {
        // No memory: then it is not kept.
      } finally {
        lock.unlock();
      }
    }
  }

  /** What is shared by all, namespace and cache, does not count. */
  private static int weightOf(NearKey key, Dependency[] held, int valueWeight) {
    long weight = ENTRY_BYTES + key.weight() + valueWeight;
    for (int i = 0; i < held.length; i++) {
      weight += i == 1 || i == 2 ? 8 : held[i].weight();
    }
    return (int) Math.min(weight, Integer.MAX_VALUE);
  }

  /** As many as there are when others come and take their part. */
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

  /** A place in the main queue is for who is asked for more. */
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

  /** Out of the main queue: the oldest that was not used since it was there the last time. */
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

  /** Neither found to be over nor replaced, nor changed without anybody having noticed yet. */
  private boolean isPresent(NearEntry entry) {
    return entries.get(entry.key()) == entry && !Dependencies.anyChanged(entry.dependencies());
  }

  /** Larger ones are not kept, in bytes. */
  public long maxEntryBytes() {
    return cache.maxEntryBytes();
  }

  /** A key of Redis has, or may have, another value. */
  void changed(byte[] key) {
    dependencies.changed(key);
  }

  /** Nothing is known any more. */
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

  /** How many results are in memory. */
  int size() {
    return entries.size();
  }

  /** How many keys of Redis somebody wants to know of. */
  int watched() {
    return dependencies.size();
  }

  /** Of all in the queues, also of such as are over and have not been taken out yet. */
  long weight() {
    lock.lock();
    try {
      return weight;
    } finally {
      lock.unlock();
    }
  }
}
