package io.github.rediscached.agent.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.stats.CacheStats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceTest {

  private static final Map<String, String> HEALTHY =
      Map.of(
          "maxmemory", "104857600",
          "maxmemory_policy", "allkeys-lru",
          "keyspace_hits", "700",
          "keyspace_misses", "300",
          "evicted_keys", "0");

  private static final String POOR_CACHE =
      " (less than 70%). Raise its `ttl` if entries expire before they are asked for again, leave"
          + " arguments that differ in each call out of its key (`key` or `@KeyIgnore`), or do not"
          + " cache these methods.";

  private static final String DROPPED_KEYS =
      "Redis has dropped 5,000 keys for lack of memory since its start. If this figure"
          + " (EvictedKeys) grows, raise `maxmemory` (104,857,600 bytes) of the server.";

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void advisesWhatToChange(
      String situation, List<CacheStats> caches, Map<String, String> info, String expected) {
    assertEquals(expected, Advice.of(caches, Map.of(), info));
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("nothing known", List.of(), Map.of(), ""),
        Arguments.of("all is well", List.of(cache("a", 700, 300)), HEALTHY, ""),
        Arguments.of("too few requests to tell", List.of(cache("a", 0, 999)), HEALTHY, ""),
        Arguments.of(
            "just under 70%",
            List.of(cache("com.acme.Shop.find(long)", 6_999, 3_001)),
            HEALTHY,
            "Cache com.acme.Shop.find(long) answered 69% of 10,000 requests" + POOR_CACHE),
        Arguments.of(
            "no hit at all, a name with signs of a format",
            List.of(cache("100%d", 0, 1_000)),
            HEALTHY,
            "Cache 100%d answered 0% of 1,000 requests" + POOR_CACHE),
        Arguments.of(
            "several caches, the worst first",
            List.of(cache("b", 500, 500), cache("good", 9_000, 0), cache("a", 100, 900)),
            HEALTHY,
            "Cache a answered 10% of 1,000 requests"
                + POOR_CACHE
                + "\nCache b answered 50% of 1,000 requests"
                + POOR_CACHE),
        Arguments.of(
            "all is well although Redis drops keys",
            List.of(cache("a", 700, 300)),
            with("evicted_keys", "5000"),
            ""),
        Arguments.of(
            "a cache misses while Redis drops keys, of which the server's own rate shows nothing",
            List.of(cache("a", 500, 500)),
            with("evicted_keys", "5000", "keyspace_hits", "900", "keyspace_misses", "100"),
            "Cache a answered 50% of 1,000 requests" + POOR_CACHE + "\n" + DROPPED_KEYS),
        Arguments.of(
            "the server misses because it drops keys",
            List.of(),
            with("keyspace_hits", "400", "keyspace_misses", "600", "evicted_keys", "5000"),
            "Redis found 40% of 1,000 keys that all its clients asked for (less than 70%).\n"
                + DROPPED_KEYS),
        Arguments.of(
            "the server misses and drops nothing",
            List.of(),
            with("keyspace_hits", "400", "keyspace_misses", "600", "evicted_keys", "0"),
            "Redis found 40% of 1,000 keys that all its clients asked for (less than 70%). It has"
                + " dropped none for lack of memory, so more memory would not help: look at the"
                + " HitRate of each cache, and at other users of this server."),
        Arguments.of(
            "the server had few look-ups",
            List.of(),
            with("keyspace_hits", "0", "keyspace_misses", "999"),
            ""),
        Arguments.of(
            "no limit, as Redis comes",
            List.of(),
            with("maxmemory", "0", "maxmemory_policy", "noeviction"),
            "Redis may grow until its machine is out of memory (`maxmemory` 0). Set `maxmemory` of"
                + " the server to what it may use, and `maxmemory-policy` to allkeys-lru"
                + " (volatile-lru if the server also holds data that must not be lost)."),
        Arguments.of(
            "a limit without eviction",
            List.of(),
            with("maxmemory_policy", "noeviction"),
            "Redis stores nothing more once its `maxmemory` (104,857,600 bytes) is full"
                + " (`maxmemory-policy` noeviction). Set `maxmemory-policy` to allkeys-lru"
                + " (volatile-lru if the server also holds data that must not be lost)."),
        Arguments.of(
            "a server that hides or garbles its figures",
            List.of(),
            Map.of("keyspace_hits", "many", "keyspace_misses", "", "maxmemory_policy", "lfu"),
            ""));
  }

  /** A longer TTL would change nothing where another figure explains the misses. */
  @Test
  void theFigureThatExplainsTheMissesIsNamedInPlaceOfTheTtl() {
    CacheStats evicted = cache("a", 100, 1_359);
    evicted.evicted(1_367);
    assertEquals(
        "Cache a answered 6% of 1,459 requests (less than 70%). Methods of this JVM have evicted"
            + " from it 1,367 times (Evictions). Let them evict by key or tag in place of the whole"
            + " cache, or do not cache what changes as often as it is read.",
        advice(evicted));
    CacheStats bypassed = cache("a", 0, 1_000);
    times(1_200, bypassed::bypass);
    assertEquals(
        "Cache a answered 0% of 1,000 requests (less than 70%). 1,200 further calls were not looked"
            + " up (Bypasses), so they have stored nothing: unless `condition` excludes them, the"
            + " log says why.",
        advice(bypassed));
    CacheStats tooLarge = loaded(1_000);
    times(1_000, tooLarge::tooLarge);
    assertEquals(
        "Cache a answered 0% of 1,000 requests (less than 70%). 1,000 results were not stored"
            + " (NotStored): the log says why.",
        advice(tooLarge));
    assertEquals(
        "Cache a answered 0% of 1,000 requests (less than 70%). 1,000 results were not kept (Loads"
            + " less Puts): `unless` or `cacheNull: false` excludes them, or they were evicted"
            + " during their load.",
        advice(loaded(1_000)));
    CacheStats failing = cache("a", 0, 1_000);
    times(1_000, () -> failing.loadFailure(1));
    assertEquals(
        "Cache a answered 0% of 1,000 requests (less than 70%). The methods have thrown 1,000 times"
            + " (LoadFailures): `cachedExceptions` says which exceptions are to be cached.",
        advice(failing));
    CacheStats late = cache("a", 0, 1_000);
    times(1_000, late::error);
    assertEquals(
        "Cache a answered 0% of 1,000 requests (less than 70%). Redis failed or answered too late"
            + " 1,000 times (Errors): the log says why.",
        advice(late));
  }

  @Test
  void allFiguresThatExplainHalfOfTheMissesAreNamedAndNoOthers() {
    CacheStats stats = cache("a", 0, 1_000);
    times(1_000, () -> stats.load(1));
    times(500, stats::uncacheable);
    times(500, stats::put);
    stats.evicted(500);
    times(499, stats::error);
    times(499, stats::bypass);

    String advice = advice(stats);

    assertTrue(advice.contains("(Evictions)") && advice.contains("(NotStored)"), advice);
    assertFalse(advice.contains("(Errors)") || advice.contains("(Bypasses)"), advice);
    assertFalse(advice.contains("`ttl`") || advice.contains("Loads less Puts"), advice);
  }

  @Test
  void aCacheThatLooksUpFewOfItsCallsIsNamedWhateverItsHitRate() {
    CacheStats good = cache("good", 900, 100);
    times(1_000, good::bypass);
    assertEquals("", advice(good));
    good.bypass();
    assertEquals(
        "Cache good looked up 1,000 of 2,001 calls only (Bypasses). Unless `condition` excludes the"
            + " others or caching is switched off, the log says why.",
        advice(good));

    CacheStats unused = new CacheStats("unused");
    times(999, unused::bypass);
    assertEquals("", advice(unused));
    unused.bypass();
    assertTrue(advice(unused).startsWith("Cache unused looked up 0 of 1,000 calls only"));
  }

  private static String advice(CacheStats stats) {
    return Advice.of(List.of(stats), Map.of(), HEALTHY);
  }

  private static CacheStats loaded(int times) {
    CacheStats stats = cache("a", 0, times);
    times(times, () -> stats.load(1));
    return stats;
  }

  private static void times(int count, Runnable event) {
    for (int i = 0; i < count; i++) {
      event.run();
    }
  }

  @Test
  void hundredsOfPoorCachesDoNotMakeATextOfHundredsOfLines() {
    List<CacheStats> caches = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      caches.add(cache("cache-" + (1000 + i), i, 1_000));
    }

    List<String> lines = Arrays.asList(Advice.of(caches, Map.of(), HEALTHY).split("\n"));

    assertEquals(11, lines.size());
    assertEquals("Cache cache-1000 answered 0% of 1,000 requests" + POOR_CACHE, lines.get(0));
    assertEquals(
        "290 more caches answered less than 70% of their requests: see their HitRate.",
        lines.get(10));
  }

  @Test
  void figuresLookTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(
          "Cache a answered 0% of 1,000 requests" + POOR_CACHE,
          Advice.of(List.of(cache("a", 0, 1_000)), Map.of(), HEALTHY));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static CacheStats cache(String name, int hits, int misses) {
    CacheStats stats = new CacheStats(name);
    for (int i = 0; i < hits; i++) {
      stats.redisHit(1, 1, i);
    }
    for (int i = 0; i < misses; i++) {
      stats.miss();
    }
    return stats;
  }

  private static Map<String, String> with(String... fieldsAndValues) {
    Map<String, String> info = new HashMap<>(HEALTHY);
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      info.put(fieldsAndValues[i], fieldsAndValues[i + 1]);
    }
    return info;
  }

  @Test
  void methodsThatAreLeftAloneComeFirst() {
    Map<String, String> suspended = new HashMap<>();
    for (int i = 10; i < 22; i++) {
      suspended.put("com.acme.Dao.m" + i + "()", "a reason.");
    }
    List<String> lines = Advice.of(List.of(), suspended, HEALTHY).lines().toList();
    assertEquals(Advice.MAX_CACHES + 1, lines.size());
    assertEquals(
        "Method com.acme.Dao.m10() runs uncached, since its last calls could not be cached: a"
            + " reason.",
        lines.get(0));
    assertEquals(
        "2 more methods run uncached: see RejectedMethods of type=Agent.",
        lines.get(Advice.MAX_CACHES));
  }
}
