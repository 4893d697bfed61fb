package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.instrument.MethodRequest.Requested;
import io.github.rediscached.agent.plan.CacheName;
import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.NearOption;
import io.github.rediscached.agent.plan.PutOptions;
import io.github.rediscached.agent.plan.TimeSpan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of our annotations on a method, as it stands in the class file: only what was written. */
final class Annotation {

  private final Map<String, Object> attributes = new HashMap<>();

  /**
   * @param value text, truth, or a list of texts or binary class names
   */
  void put(String attribute, Object value) {
    attributes.put(attribute, value);
  }

  Requested<CacheOptions> cached() {
    try {
      CacheOptions options =
          new CacheOptions(
              cache(),
              duration("ttl", "ttl"),
              text("key"),
              text("condition"),
              text("unless"),
              !Boolean.FALSE.equals(attributes.get("cacheNull")),
              texts("cachedExceptions"),
              texts("tags"),
              duration("refreshAfter", "refresh-after"),
              duration("staleOnError", "stale-on-error"),
              near());
      return Requested.of(options, options.problem());
    } catch (IllegalArgumentException e) {
      return Requested.wrong(String.valueOf(e.getMessage()));
    }
  }

  Requested<EvictOptions> evict() {
    try {
      EvictOptions options =
          new EvictOptions(
              cache(),
              text("key"),
              texts("tags"),
              text("keyPattern"),
              isTrue("allEntries"),
              isTrue("beforeInvocation"),
              isTrue("onException"),
              text("condition"));
      return Requested.of(options, options.problem());
    } catch (IllegalArgumentException e) {
      return Requested.wrong(String.valueOf(e.getMessage()));
    }
  }

  Requested<PutOptions> put() {
    try {
      String cache = cache();
      if (cache == null) {
        return Requested.wrong(
            "`cache` is empty. Write the name of the cache that the result is put into.");
      }
      return Requested.of(
          new PutOptions(
              cache,
              duration("ttl", "ttl"),
              text("key"),
              text("condition"),
              text("unless"),
              !Boolean.FALSE.equals(attributes.get("cacheNull")),
              texts("tags")));
    } catch (IllegalArgumentException e) {
      return Requested.wrong(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String cache() {
    String cache = text("cache");
    try {
      return cache == null ? null : CacheName.check(cache);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`cache` " + e.getMessage(), e);
    }
  }

  private NearOption near() {
    String text = text("near");
    try {
      return (text == null ? NearOption.AUTO : NearOption.parse(text)).shared(isTrue("nearShare"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`near` " + e.getMessage(), e);
    }
  }

  private @Nullable Duration duration(String attribute, String setting) {
    String text = text(attribute);
    try {
      return text == null ? null : TimeSpan.parseTtl(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("`" + setting + "` " + e.getMessage(), e);
    }
  }

  private @Nullable String text(String attribute) {
    return attributes.get(attribute) instanceof String text && !text.isEmpty() ? text : null;
  }

  private boolean isTrue(String attribute) {
    return Boolean.TRUE.equals(attributes.get(attribute));
  }

  @SuppressWarnings("unchecked") // ClassModel puts only lists of texts.
  private List<String> texts(String attribute) {
    return attributes.get(attribute) instanceof List<?> list ? (List<String>) list : List.of();
  }
}
