package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.MethodPattern;
import java.time.Duration;
import java.util.List;

/** What a rule in {@code caches} may say. A new option is one line here and one in its reader. */
final class KnownOptions {

  static final Catalog CATALOG =
      new Catalog("option of a rule", List.of("tags", "refresh-after", "stale-on-error", "near"));

  static final Setting<MethodPattern> METHOD = CATALOG.add("method", ValueReader.METHOD, null);
  static final Setting<String> CACHE = CATALOG.add("cache", ValueReader.CACHE, null);
  static final Setting<Duration> TTL = CATALOG.add("ttl", ValueReader.TTL, null);
  static final Setting<String> KEY = CATALOG.add("key", ValueReader.TEXT, null);
  static final Setting<String> CONDITION = CATALOG.add("condition", ValueReader.TEXT, null);
  static final Setting<String> UNLESS = CATALOG.add("unless", ValueReader.TEXT, null);
  static final Setting<Boolean> CACHE_NULL = CATALOG.add("cache-null", ValueReader.SWITCH, true);
  static final Setting<List<String>> CACHED_EXCEPTIONS =
      CATALOG.addList("cached-exceptions", ValueReader.CLASS_NAME);

  private KnownOptions() {}
}
