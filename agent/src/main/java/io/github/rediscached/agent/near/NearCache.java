package io.github.rediscached.agent.near;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The near cache of this JVM: a region for each class loader, which share the memory that is
 * allowed in equal parts. Thread-safe.
 */
public final class NearCache {

  /** Where changes are told. */
  public interface Source {

    /**
     * When, as {@link System#nanoTime}, something was sent to Redis that has been answered since:
     * all that had changed by then is known.
     */
    long provenNanos();

    /** Asks Redis for a sign of life, and does not wait for it. */
    void prove();
  }

  private final long maxBytes;
  private final NearClock clock;

  /** Weak: a region belongs to the methods of a loader. */
  private final List<WeakReference<NearRegion>> regions = new CopyOnWriteArrayList<>();

  /**
   * @param maxBytes what all entries together may weigh
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

  /** A region of its own for the methods of one more class loader. */
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
   * A key of Redis has, or may have, another value. When this returns, nothing that depends on the
   * old one is given any more.
   */
  public void changed(byte[] key) {
    for (NearRegion region : live()) {
      region.changed(key);
    }
  }

  /** All keys may have other values, as when the connection has ended. */
  public void allChanged() {
    for (NearRegion region : live()) {
      region.allChanged();
    }
  }

  /** Results in memory. */
  public long entries() {
    long entries = 0;
    for (NearRegion region : live()) {
      entries += region.size();
    }
    return entries;
  }

  /** What they weigh in bytes, about. */
  public long bytes() {
    long bytes = 0;
    for (NearRegion region : live()) {
      bytes += region.weight();
    }
    return bytes;
  }

  /** A region's part. */
  long shareBytes() {
    return maxBytes / Math.max(1, live().size());
  }

  /** A single entry must not push out all the others. */
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
