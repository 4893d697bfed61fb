package io.github.rediscached.agent.stats;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The counters of all caches, by name. Thread-safe. */
public final class StatsRegistry {

  /** Where caches are counted together once there are {@link #MAX_CACHES}. */
  static final String OTHERS = "(all further caches)";

  /** Names come from code and settings, but classes may be generated without end. */
  static final int MAX_CACHES = 10_000;

  private final ConcurrentMap<String, CacheStats> caches = new ConcurrentHashMap<>();
  private volatile @Nullable Runnable listener;

  /**
   * The counters of a cache, the same object at each call. Keep it: this is no call for the hot
   * path.
   */
  public CacheStats cache(String name) {
    CacheStats known = caches.get(name);
    if (known != null) {
      return known;
    }
    if (caches.size() >= MAX_CACHES && !name.equals(OTHERS)) {
      return cache(OTHERS);
    }
    CacheStats added = new CacheStats(name);
    CacheStats earlier = caches.putIfAbsent(name, added);
    if (earlier != null) {
      return earlier;
    }
    Runnable told = listener;
    if (told != null) {
      told.run();
    }
    return added;
  }

  /** All caches so far, in no order; a view. */
  public Collection<CacheStats> all() {
    return Collections.unmodifiableCollection(caches.values());
  }

  /**
   * Names who is told after a cache was added; takes the place of an earlier listener.
   *
   * @param listener runs on the thread that first needs the cache, an application's: it must
   *     neither throw nor wait
   */
  public void onNewCache(Runnable listener) {
    this.listener = listener;
  }
}
