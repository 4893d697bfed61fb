package io.github.rediscached.agent.jmx;

import io.github.rediscached.agent.stats.CacheStats;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Says in words what to change, from the figures of the caches and the INFO of the server. {@link
 * RedisBean} shows it. Stateless; it never changes anything itself. The thresholds are described in
 * docs/troubleshooting.md.
 */
final class Advice {

  /** Fewer requests than this say nothing of a hit rate. */
  static final long ENOUGH_REQUESTS = 1_000;

  /** A smaller part of requests answered is a poor hit rate. */
  static final int POOR_PERCENT = 70;

  /** A figure that is at least this part of the misses is named as a reason for them. */
  static final int REASON_PERCENT = 50;

  /** Caches named; the others are only counted. */
  static final int MAX_CACHES = 10;

  private static final String LONGER_OR_WIDER =
      "Raise its `ttl` if entries expire before they are asked for again, leave arguments that"
          + " differ in each call out of its key (`key` or `@KeyIgnore`), or do not cache these"
          + " methods.";

  private static final String BETTER_POLICY =
      "`maxmemory-policy` to allkeys-lru (volatile-lru if the server also holds data that must not"
          + " be lost).";

  private Advice() {}

  /**
   * Returns one advice a line, the worst cache first; empty if all is well.
   *
   * @param suspended why methods run uncached for a while, by method
   * @param info the server's INFO; what is not in it is not judged
   */
  static String of(
      Collection<CacheStats> caches, Map<String, String> suspended, Map<String, String> info) {
    List<String> lines = new ArrayList<>();
    adviseSuspended(suspended, lines);
    List<CacheFigures> figures =
        caches.stream()
            .map(CacheFigures::of)
            .sorted(
                Comparator.comparingInt(CacheFigures::hitPercent).thenComparing(CacheFigures::name))
            .toList();
    boolean poorCaches = adviseHitRates(figures, lines);
    adviseBypasses(figures, lines);
    boolean poorServer = adviseServerHitRate(info, lines);
    if (poorCaches || poorServer) {
      adviseMoreMemory(info, lines);
    }
    adviseMemory(info, lines);
    return String.join("\n", lines);
  }

  private static void adviseSuspended(Map<String, String> suspended, List<String> lines) {
    suspended.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MAX_CACHES)
        .forEach(
            method ->
                lines.add(
                    "Method "
                        + method.getKey()
                        + " runs uncached, since its last calls could not be cached: "
                        + method.getValue()));
    if (suspended.size() > MAX_CACHES) {
      lines.add(
          format(
              "%,d more methods run uncached: see RejectedMethods of type=Agent.",
              suspended.size() - MAX_CACHES));
    }
  }

  /** Returns whether a cache has a poor hit rate. */
  private static boolean adviseHitRates(List<CacheFigures> caches, List<String> lines) {
    List<CacheFigures> poor = caches.stream().filter(CacheFigures::hasPoorHitRate).toList();
    for (CacheFigures cache : firstOf(poor)) {
      List<String> reasons = cache.reasons();
      lines.add(
          format(
                  "Cache %s answered %d%% of %,d requests (less than %d%%). ",
                  cache.name(), cache.hitPercent(), cache.requests(), POOR_PERCENT)
              + (reasons.isEmpty() ? LONGER_OR_WIDER : String.join(" ", reasons)));
    }
    if (poor.size() > MAX_CACHES) {
      lines.add(
          format(
              "%,d more caches answered less than %d%% of their requests: see their HitRate.",
              poor.size() - MAX_CACHES, POOR_PERCENT));
    }
    return !poor.isEmpty();
  }

  /** Where the calls that are looked up are too few to show it, or are answered. */
  private static void adviseBypasses(List<CacheFigures> caches, List<String> lines) {
    List<CacheFigures> bypassed =
        caches.stream()
            .filter(cache -> cache.isMostlyBypassed() && !cache.hasPoorHitRate())
            .toList();
    for (CacheFigures cache : firstOf(bypassed)) {
      lines.add(
          format(
              "Cache %s looked up %,d of %,d calls only (Bypasses). Unless `condition` excludes the"
                  + " others or caching is switched off, the log says why.",
              cache.name(), cache.requests(), cache.requests() + cache.bypasses()));
    }
    if (bypassed.size() > MAX_CACHES) {
      lines.add(
          format(
              "%,d more caches looked up less than half of their calls: see their Bypasses.",
              bypassed.size() - MAX_CACHES));
    }
  }

  private static List<CacheFigures> firstOf(List<CacheFigures> caches) {
    return caches.subList(0, Math.min(MAX_CACHES, caches.size()));
  }

  /**
   * Returns whether the server has a poor hit rate. A good one says nothing of the caches: the
   * versions of caches and namespace are read with each entry, and found.
   */
  private static boolean adviseServerHitRate(Map<String, String> info, List<String> lines) {
    long hits = ServerInfo.number(info, "keyspace_hits");
    long lookUps = hits + ServerInfo.number(info, "keyspace_misses");
    if (lookUps < ENOUGH_REQUESTS || hits * 100 / lookUps >= POOR_PERCENT) {
      return false;
    }
    lines.add(
        format(
                "Redis found %d%% of %,d keys that all its clients asked for (less than %d%%).",
                hits * 100 / lookUps, lookUps, POOR_PERCENT)
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

  /** The same in every locale. */
  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
