package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.CacheName;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.NearOption;
import java.time.Duration;
import java.util.List;

/**
 * The options of a rule in {@code caches} or {@code evictions}. A new option is one line here and
 * one in {@link Rules}. {@link KnownHttpOptions} has those of {@code http}.
 */
final class KnownOptions {

  private static final ValueReader<MethodPattern> METHOD_READER =
      new ValueReader<>() {
        @Override
        public MethodPattern read(String text) {
          return MethodPattern.parse(text);
        }
      };

  static final ValueReader<String> CACHE_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          return CacheName.check(text);
        }
      };

  private static final ValueReader<String> CLASS_NAME_READER =
      new ValueReader<>() {
        @Override
        public String read(String text) {
          boolean atStart = true;
          for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? atStart : !Character.isJavaIdentifierPart(c)) {
              throw notClassName(text);
            }
            atStart = c == '.';
          }
          if (atStart) {
            throw notClassName(text);
          }
          return text;
        }

        private IllegalArgumentException notClassName(String text) {
          return new IllegalArgumentException(
              "has \"%s\", not a class name. Write full names, such as java.io.IOException."
                  .formatted(text));
        }
      };

  static final ValueReader<NearOption> NEAR_READER =
      new ValueReader<>() {
        @Override
        public NearOption read(String text) {
          return NearOption.parse(text);
        }
      };

  static final Catalog CACHES = new Catalog("option of a rule");

  static final Setting<MethodPattern> METHOD = CACHES.add("method", METHOD_READER, null);
  static final Setting<String> CACHE = CACHES.add("cache", CACHE_READER, null);
  static final Setting<Duration> TTL = CACHES.add("ttl", ValueReader.TTL, null);
  static final Setting<String> KEY = CACHES.add("key", ValueReader.TEXT, null);
  static final Setting<String> CONDITION = CACHES.add("condition", ValueReader.TEXT, null);
  static final Setting<String> UNLESS = CACHES.add("unless", ValueReader.TEXT, null);
  static final Setting<Boolean> CACHE_NULL = CACHES.add("cache-null", ValueReader.SWITCH, true);
  static final Setting<List<String>> CACHED_EXCEPTIONS =
      CACHES.addList("cached-exceptions", CLASS_NAME_READER);
  static final Setting<List<String>> TAGS = CACHES.addList("tags", ValueReader.TEXT);
  static final Setting<Duration> REFRESH_AFTER = CACHES.add("refresh-after", ValueReader.TTL, null);
  static final Setting<Duration> STALE_ON_ERROR =
      CACHES.add("stale-on-error", ValueReader.TTL, null);
  static final Setting<NearOption> NEAR = CACHES.add("near", NEAR_READER, NearOption.AUTO);
  static final Setting<Boolean> NEAR_SHARE = CACHES.add("near.share", ValueReader.SWITCH, false);

  static final Catalog EVICTIONS = new Catalog("option of an eviction");

  static final Setting<MethodPattern> EVICTING_METHOD =
      EVICTIONS.add("method", METHOD_READER, null);
  static final Setting<String> EVICTED_CACHE = EVICTIONS.add("cache", CACHE_READER, null);
  static final Setting<String> EVICTED_KEY = EVICTIONS.add("key", ValueReader.TEXT, null);
  static final Setting<List<String>> EVICTED_TAGS = EVICTIONS.addList("tags", ValueReader.TEXT);
  static final Setting<String> KEY_PATTERN = EVICTIONS.add("key-pattern", ValueReader.TEXT, null);
  static final Setting<Boolean> ALL_ENTRIES =
      EVICTIONS.add("all-entries", ValueReader.SWITCH, false);
  static final Setting<Boolean> BEFORE_INVOCATION =
      EVICTIONS.add("before-invocation", ValueReader.SWITCH, false);
  static final Setting<Boolean> ON_EXCEPTION =
      EVICTIONS.add("on-exception", ValueReader.SWITCH, false);
  static final Setting<String> EVICTION_CONDITION =
      EVICTIONS.add("condition", ValueReader.TEXT, null);

  private KnownOptions() {}
}
