package io.github.rediscached.agent.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation or a rule says of the methods it caches. Null means "not said": the default
 * applies.
 *
 * @param cache the cache's name; default: class and method
 * @param ttl how long an entry lives, positive; default: the setting {@code defaults.ttl}
 * @param key an expression in place of all arguments
 * @param condition an expression over the arguments; false bypasses the cache
 * @param unless an expression over the result; true keeps it from being stored
 * @param cacheNull whether null results are stored
 * @param cachedExceptions binary names of the exceptions that are stored like results
 */
public record CacheOptions(
    @Nullable String cache,
    @Nullable Duration ttl,
    @Nullable String key,
    @Nullable String condition,
    @Nullable String unless,
    boolean cacheNull,
    List<String> cachedExceptions) {

  /** Nothing said. */
  public static final CacheOptions DEFAULTS =
      new CacheOptions(null, null, null, null, null, true, List.of());
}
