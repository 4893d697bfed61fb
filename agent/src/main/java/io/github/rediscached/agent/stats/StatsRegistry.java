package io.github.rediscached.agent.stats;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The counters of all caches, by name. Cached methods take theirs when they are linked, the beans
 * list all. Thread-safe; it never forgets a cache.
 */
public final class StatsRegistry {

  /**
   * The name under which further caches are counted together once there are {@link #MAX_CACHES}.
   */
  static final String OTHERS = "(all further caches)";

  /** Names come from code and settings, but an application may generate classes without end. */
  static final int MAX_CACHES = 10_000;

  private final ConcurrentMap<String, CacheStats> caches = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> suspended = new ConcurrentHashMap<>();
  private volatile @Nullable Runnable listener;

  /**
   * The counters of a cache, the same object at each call. Callers keep it: a look-up by name is
   * too slow for each call of a cached method.
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
    Runnable onNewCache = listener;
    if (onNewCache != null) {
      onNewCache.run();
    }
    return added;
  }

  /** All caches so far, in no order; a view. */
  public Collection<CacheStats> all() {
    return Collections.unmodifiableCollection(caches.values());
  }

  /** The calls of a method run uncached for a while, since none of them could be cached. */
  public void suspended(String method, String reason) {
    if (suspended.size() < MAX_CACHES) {
      suspended.put(method, reason);
    }
  }

  /** The calls of the method are cached again. */
  public void resumed(String method) {
    suspended.remove(method);
  }

  /** The reasons why methods are {@link #suspended} now, by method; a view. */
  public Map<String, String> suspended() {
    return Collections.unmodifiableMap(suspended);
  }

  /**
   * Sets the listener that runs after a cache was added, in place of an earlier one.
   *
   * @param listener runs on a thread of the application, so it must neither throw nor wait
   */
  public void onNewCache(Runnable listener) {
    this.listener = listener;
  }
}
