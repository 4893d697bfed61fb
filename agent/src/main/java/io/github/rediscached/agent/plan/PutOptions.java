package io.github.rediscached.agent.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of an annotation on a method that puts its results into a cache. Null stands for an
 * option that is left out, so that the default applies. All expressions may use the result.
 *
 * @param cache the cache's name
 * @param ttl how long an entry lives, positive; default: the setting {@code defaults.ttl}
 * @param key an expression in place of all arguments
 * @param condition an expression; false keeps the result from being stored
 * @param unless an expression; true keeps it from being stored
 * @param cacheNull whether null results are stored
 * @param tags templates of the entry's tags
 */
public record PutOptions(
    String cache,
    @Nullable Duration ttl,
    @Nullable String key,
    @Nullable String condition,
    @Nullable String unless,
    boolean cacheNull,
    List<String> tags) {}
