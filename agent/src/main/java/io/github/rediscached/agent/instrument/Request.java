package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.plan.CacheName;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.TimeSpan;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for a method to be cached.
 *
 * @param options how
 * @param keyIgnored the parameters to leave out of the key
 * @param problem why it can't be done as asked; null if nothing is wrong
 */
record Request(CacheOptions options, BitSet keyIgnored, @Nullable String problem) {

  static Request of(CacheOptions options) {
    return new Request(options, new BitSet(), null);
  }

  /** Of a method with an annotation. */
  static Request of(MethodModel method, Map<String, Object> annotation) {
    String problem = null;
    Duration ttl = null;
    String cache = text(annotation, "cache");
    try {
      String ttlText = text(annotation, "ttl");
      ttl = ttlText == null ? null : TimeSpan.parseTtl(ttlText);
    } catch (IllegalArgumentException e) {
      problem = "`ttl` " + e.getMessage();
    }
    try {
      if (cache != null) {
        CacheName.check(cache);
      }
    } catch (IllegalArgumentException e) {
      problem = "`cache` " + e.getMessage();
    }
    CacheOptions options =
        new CacheOptions(
            cache,
            ttl,
            text(annotation, "key"),
            text(annotation, "condition"),
            text(annotation, "unless"),
            !Boolean.FALSE.equals(annotation.get("cacheNull")),
            names(annotation.get("cachedExceptions")));
    return new Request(options, method.keyIgnored, problem);
  }

  private static @Nullable String text(Map<String, Object> annotation, String attribute) {
    Object value = annotation.get(attribute);
    return value instanceof String text && !text.isEmpty() ? text : null;
  }

  @SuppressWarnings("unchecked") // ClassModel puts only lists of names.
  private static List<String> names(@Nullable Object value) {
    return value instanceof List<?> list ? (List<String>) list : List.of();
  }
}
