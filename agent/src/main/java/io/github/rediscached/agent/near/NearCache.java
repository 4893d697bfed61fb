package io.github.rediscached.agent.near;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The near cache of this JVM. It has a {@link NearRegion} for each class loader, and all regions
 * have equal shares of the allowed memory. The store reports changes to it. Thread-safe.
 */
public final class NearCache {

  /** The connection that reports changes. */
  public interface Source {

    /**
     * The time, as {@link System#nanoTime}, of the latest request that Redis has answered. All
     * changes before that time are known.
     */
    long provenNanos();

    /** Sends Redis a request, and does not wait for the answer. */
    void prove();
  }

  private final long maxBytes;
  private final NearClock clock;

  /** Weak references, since a region belongs to the methods of its loader. */
  private final List<WeakReference<NearRegion>> regions = new CopyOnWriteArrayList<>();

  /**
   * @param maxBytes the most that all entries together may weigh
   */
  public NearCache(long maxBytes, Source source) {
    this(
        maxBytes,
        new NearClock(
            source,
            System::nanoTime,
            thread -> {
              thread.start();
              return thread;
            }));
  }

  NearCache(long maxBytes, NearClock clock) {
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** For ever: no result serves any more, and its thread ends. */
  public void stop() {
    clock.stop();
    allChanged();
  }

  /** A region for the methods of one more class loader. */
  public NearRegion newRegion() {
    NearRegion region = new NearRegion(this, clock);
    regions.removeIf(reference -> reference.get() == null);
    regions.add(new WeakReference<>(region));
    for (NearRegion each : live()) {
      each.trim();
    }
    return region;
  }

  /**
   * The value of a Redis key has changed, or may have. When this returns, no entry that depends on
   * the old value serves any more.
   */
  public void changed(byte[] key) {
    for (NearRegion region : live()) {
      region.changed(key);
    }
  }

  /** All values may have changed, as after the end of the connection. */
  public void allChanged() {
    for (NearRegion region : live()) {
      region.allChanged();
    }
  }

  /** The number of results in memory. */
  public long entries() {
    long entries = 0;
    for (NearRegion region : live()) {
      entries += region.size();
    }
    return entries;
  }

  /** Their size in bytes, about. */
  public long bytes() {
    long bytes = 0;
    for (NearRegion region : live()) {
      bytes += region.weight();
    }
    return bytes;
  }

  /** The share of a region. */
  long shareBytes() {
    return maxBytes / Math.max(1, live().size());
  }

  /** Bounds a single entry, which must not push out all others. */
  long maxEntryBytes() {
    return shareBytes() / 16;
  }

  private List<NearRegion> live() {
    List<NearRegion> live = new ArrayList<>(regions.size());
    for (WeakReference<NearRegion> reference : regions) {
      NearRegion region = reference.get();
      if (region != null) {
        live.add(region);
      }
    }
    return live;
  }
}
