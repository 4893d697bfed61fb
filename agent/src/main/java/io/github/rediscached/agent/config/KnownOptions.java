package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.CacheName;
import io.github.rediscached.agent.plan.MethodPattern;
import java.time.Duration;
import java.util.List;

/** What a rule in {@code caches} may say. A new option is one line here and one in its reader. */
final class KnownOptions {

  private static final ValueReader<MethodPattern> METHOD_READER =
      new ValueReader<>() {
        @Override
        public MethodPattern read(String text) {
          return MethodPattern.parse(text);
        }
      };

  private static final ValueReader<String> CACHE_READER =
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
              "has \""
                  + text
                  + "\", not a class name. Write full names, such as java.io.IOException.");
        }
      };

  static final Catalog CATALOG =
      new Catalog("option of a rule", List.of("tags", "refresh-after", "stale-on-error", "near"));

  static final Setting<MethodPattern> METHOD = CATALOG.add("method", METHOD_READER, null);
  static final Setting<String> CACHE = CATALOG.add("cache", CACHE_READER, null);
  static final Setting<Duration> TTL = CATALOG.add("ttl", ValueReader.TTL, null);
  static final Setting<String> KEY = CATALOG.add("key", ValueReader.TEXT, null);
  static final Setting<String> CONDITION = CATALOG.add("condition", ValueReader.TEXT, null);
  static final Setting<String> UNLESS = CATALOG.add("unless", ValueReader.TEXT, null);
  static final Setting<Boolean> CACHE_NULL = CATALOG.add("cache-null", ValueReader.SWITCH, true);
  static final Setting<List<String>> CACHED_EXCEPTIONS =
      CATALOG.addList("cached-exceptions", CLASS_NAME_READER);

  private KnownOptions() {}
}
