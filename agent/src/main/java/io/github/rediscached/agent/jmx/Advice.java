package io.github.rediscached.agent.jmx;

import io.github.rediscached.agent.stats.CacheStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What figures say should be changed. Stateless. */
final class Advice {

  /** Fewer requests than this say nothing of a hit rate. */
  static final long ENOUGH_REQUESTS = 1_000;

  /** A smaller part of requests answered is a poor hit rate. */
  static final int POOR_PERCENT = 70;

  /** Caches named; the others are only counted. */
  static final int MAX_CACHES = 10;

  private static final String BETTER_POLICY =
      "`maxmemory-policy` to allkeys-lru (volatile-lru if the server also holds data that must not"
          + " be lost).";

  private Advice() {}

  /**
   * Returns one advice a line, the worst cache first; empty if all is well.
   *
   * @param info the server's INFO; what is not in it is not judged
   */
  static String of(Collection<CacheStats> caches, Map<String, String> info) {
    List<String> lines = new ArrayList<>();
    boolean poorCaches = adviseCaches(caches, lines);
    boolean poorServer = adviseServerHitRate(info, lines);
    if (poorCaches || poorServer) {
      adviseMoreMemory(info, lines);
    }
    adviseMemory(info, lines);
    return String.join("\n", lines);
  }

  /** Returns whether a cache has a poor hit rate. */
  private static boolean adviseCaches(Collection<CacheStats> caches, List<String> lines) {
    List<Rate> poor =
        caches.stream()
            .map(Rate::of)
            .filter(Rate::isPoor)
            .sorted(Comparator.comparingInt(Rate::percent).thenComparing(Rate::name))
            .toList();
    for (Rate cache : poor.subList(0, Math.min(MAX_CACHES, poor.size()))) {
      lines.add(
          format(
              "Cache %s answered %d%% of %,d requests (less than %d%%). Raise its `ttl` if entries"
                  + " expire before they are asked for again, leave arguments that differ in each"
                  + " call out of its key (`key` or `@KeyIgnore`), or do not cache these methods.",
              cache.name(), cache.percent(), cache.requests(), POOR_PERCENT));
    }
    if (poor.size() > MAX_CACHES) {
      lines.add(
          format(
              "%,d more caches answered less than %d%% of their requests: see their HitRate.",
              poor.size() - MAX_CACHES, POOR_PERCENT));
    }
    return !poor.isEmpty();
  }

  /**
   * Returns whether the server has a poor hit rate. A good one says nothing of the caches: the
   * versions of caches and namespace are read with each entry, and found.
   */
  private static boolean adviseServerHitRate(Map<String, String> info, List<String> lines) {
    Rate server = Rate.of(info);
    if (!server.isPoor()) {
      return false;
    }
    lines.add(
        format(
                "Redis found %d%% of %,d keys that all its clients asked for (less than %d%%).",
                server.percent(), server.requests(), POOR_PERCENT)
            + (ServerInfo.number(info, "evicted_keys") > 0
                ? ""
                : " It has dropped none for lack of memory, so more memory would not help: look at"
                    + " the HitRate of each cache, and at other users of this server."));
    return true;
  }

  private static void adviseMoreMemory(Map<String, String> info, List<String> lines) {
    long evictedKeys = ServerInfo.number(info, "evicted_keys");
    if (evictedKeys > 0) {
      lines.add(
          format(
              "Redis has dropped %,d keys for lack of memory since its start. If this figure"
                  + " (EvictedKeys) grows, raise `maxmemory` (%,d bytes) of the server.",
              evictedKeys, ServerInfo.number(info, "maxmemory")));
    }
  }

  private static void adviseMemory(Map<String, String> info, List<String> lines) {
    if ("0".equals(info.get("maxmemory"))) {
      lines.add(
          "Redis may grow until its machine is out of memory (`maxmemory` 0). Set `maxmemory` of"
              + " the server to what it may use, and "
              + BETTER_POLICY);
    } else if ("noeviction".equals(info.get("maxmemory_policy"))) {
      lines.add(
          format(
              "Redis stores nothing more once its `maxmemory` (%,d bytes) is full"
                  + " (`maxmemory-policy` noeviction). Set %s",
              ServerInfo.number(info, "maxmemory"), BETTER_POLICY));
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  /** One look at counters that move on while we compare. */
  private record Rate(String name, long hits, long requests) {

    static Rate of(CacheStats stats) {
      long hits = stats.hits();
      return new Rate(stats.cache(), hits, hits + stats.misses());
    }

    static Rate of(Map<String, String> info) {
      long hits = ServerInfo.number(info, "keyspace_hits");
      return new Rate("Redis", hits, hits + ServerInfo.number(info, "keyspace_misses"));
    }

    boolean isPoor() {
      return requests >= ENOUGH_REQUESTS && percent() < POOR_PERCENT;
    }

    /** Rounded down. */
    int percent() {
      return (int) (hits * 100 / requests);
    }
  }
}
