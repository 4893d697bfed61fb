package io.github.rediscached.agent.plan;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of an annotation or a rule that caches methods. Null stands for an option that is
 * left out, so that the default applies.
 *
 * @param cache the cache's name; default: class and method
 * @param ttl how long an entry lives, positive; default: the setting {@code defaults.ttl}
 * @param key an expression in place of all arguments
 * @param condition an expression over the arguments; false bypasses the cache
 * @param unless an expression over the result; true keeps it from being stored
 * @param cacheNull whether null results are stored
 * @param cachedExceptions binary names of the exceptions that are stored like results
 * @param tags templates of the entry's tags, in which the result is known
 * @param refreshAfter the age from which on a hit makes the method run again in the background;
 *     default: never
 * @param staleOnError how long after its TTL an entry still serves if the method throws; default:
 *     not at all
 * @param near whether and how results are kept in the memory of the JVM
 */
public record CacheOptions(
    @Nullable String cache,
    @Nullable Duration ttl,
    @Nullable String key,
    @Nullable String condition,
    @Nullable String unless,
    boolean cacheNull,
    List<String> cachedExceptions,
    List<String> tags,
    @Nullable Duration refreshAfter,
    @Nullable Duration staleOnError,
    NearOption near) {

  /** The contradiction between two options, with a remedy; null if there is none. */
  public @Nullable String problem() {
    return ttl != null && refreshAfter != null && refreshAfter.compareTo(ttl) >= 0
        ? "`refresh-after` is %s, not shorter than `ttl` (%s), so nothing would ever be refreshed. Write a shorter one, such as half of it."
            .formatted(refreshAfter, ttl)
        : null;
  }
}
