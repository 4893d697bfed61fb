package io.github.rediscached.agent.config;

import io.github.rediscached.agent.config.Settings.CacheRule;
import io.github.rediscached.agent.config.Settings.EvictionRule;
import io.github.rediscached.agent.config.Settings.HttpRule;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.HttpOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the rules of the file, and checks how the options of each fit together. */
final class Rules {

  private final List<CacheRule> caches = new ArrayList<>();
  private final List<EvictionRule> evictions = new ArrayList<>();
  private final List<HttpRule> http = new ArrayList<>();
  private final Map<MethodPattern, Integer> linesByPattern = new HashMap<>();
  private final Map<String, Integer> linesByPath = new HashMap<>();
  private final Problems problems;

  Rules(Problems problems) {
    this.problems = problems;
  }

  List<CacheRule> caches() {
    return List.copyOf(caches);
  }

  List<EvictionRule> evictions() {
    return List.copyOf(evictions);
  }

  List<HttpRule> http() {
    return List.copyOf(http);
  }

  /** Takes a rule of {@code caches}. */
  void addCache(Values given, Place place) {
    CacheOptions options =
        new CacheOptions(
            given.find(KnownOptions.CACHE),
            given.find(KnownOptions.TTL),
            given.find(KnownOptions.KEY),
            given.find(KnownOptions.CONDITION),
            given.find(KnownOptions.UNLESS),
            given.get(KnownOptions.CACHE_NULL),
            given.get(KnownOptions.CACHED_EXCEPTIONS),
            given.get(KnownOptions.TAGS),
            given.find(KnownOptions.REFRESH_AFTER),
            given.find(KnownOptions.STALE_ON_ERROR),
            given.get(KnownOptions.NEAR).shared(given.get(KnownOptions.NEAR_SHARE)));
    note(options.problem(), place);
    MethodPattern pattern = given.find(KnownOptions.METHOD);
    if (pattern == null) {
      return;
    }
    Integer earlierLine = linesByPattern.putIfAbsent(pattern, place.line());
    if (earlierLine != null) {
      problems.add(
          place,
          "`method` is \"%s\", which has a rule in line %s already. Remove one of the two."
              .formatted(pattern, earlierLine));
    }
    caches.add(new CacheRule(pattern, options, place.line()));
  }

  /**
   * Takes a rule of {@code evictions}.
   *
   * @param complete whether all of its options were understood
   */
  void addEviction(Values given, boolean complete, Place place) {
    EvictOptions options =
        new EvictOptions(
            given.find(KnownOptions.EVICTED_CACHE),
            given.find(KnownOptions.EVICTED_KEY),
            given.get(KnownOptions.EVICTED_TAGS),
            given.find(KnownOptions.KEY_PATTERN),
            given.get(KnownOptions.ALL_ENTRIES),
            given.get(KnownOptions.BEFORE_INVOCATION),
            given.get(KnownOptions.ON_EXCEPTION),
            given.find(KnownOptions.EVICTION_CONDITION));
    if (complete) {
      note(options.problem(), place);
    }
    MethodPattern pattern = given.find(KnownOptions.EVICTING_METHOD);
    if (pattern != null) {
      evictions.add(new EvictionRule(pattern, options, place.line()));
    }
  }

  /** Takes a rule of {@code http}. */
  void addHttp(Values given, Place place) {
    String path = given.find(KnownHttpOptions.PATH);
    HttpOptions options =
        new HttpOptions(
            // Without a path, the other options are still compared with each other.
            path == null ? "" : path,
            given.find(KnownHttpOptions.CACHE),
            given.find(KnownHttpOptions.TTL),
            given.get(KnownHttpOptions.TAGS),
            given.get(KnownHttpOptions.VARY),
            given.find(KnownHttpOptions.QUERY),
            given.get(KnownHttpOptions.KEY),
            given.get(KnownHttpOptions.STATUSES),
            given.get(KnownHttpOptions.IGNORED_HEADERS),
            given.find(KnownHttpOptions.STALE_WHILE_REVALIDATE),
            given.find(KnownHttpOptions.STALE_ON_ERROR),
            given.get(KnownHttpOptions.REQUEST_DIRECTIVES),
            given.get(KnownHttpOptions.CACHE_STATUS),
            given.get(KnownHttpOptions.NEAR),
            given.get(KnownHttpOptions.ALSO_STORE));
    note(options.problem(), place);
    if (path == null) {
      return;
    }
    Integer earlierLine = linesByPath.putIfAbsent(path, place.line());
    if (earlierLine != null) {
      String message =
          "`path` is \"%s\", which has a rule in line %s already. Remove one of the two."
              .formatted(path, earlierLine);
      note(RedactedUri.within(message, path), place);
    }
    http.add(new HttpRule(options, place.line()));
  }

  private void note(@Nullable String problem, Place place) {
    if (problem != null) {
      problems.add(place, problem);
    }
  }
}
