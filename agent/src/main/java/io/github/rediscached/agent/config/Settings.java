package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.ValueOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for, complete and checked.
 *
 * @param enabled whether anything is cached
 * @param namespace the first part of every Redis key
 * @param rules of {@code caches}, in the order of the file, no two for the same pattern
 * @param evictions in the order of the file
 * @param loadWait how long a call waits for the same call of another thread or JVM, before it runs
 *     the method itself
 * @param patternWait how long an eviction by pattern may keep its caller
 * @param reportUnmatchedAfter how long after the agent's start the rules that have matched no
 *     method are reported
 * @param file the path of the file that was read; null if there is none
 * @param remarks what is no mistake but may surprise, a sentence each
 */
public record Settings(
    boolean enabled,
    String namespace,
    Redis redis,
    Defaults defaults,
    Near near,
    ValueOptions values,
    List<Rule> rules,
    List<EvictionRule> evictions,
    Duration loadWait,
    Duration patternWait,
    Duration reportUnmatchedAfter,
    @Nullable String file,
    List<String> remarks) {

  /** What counts where the user has said nothing. */
  public static final Settings STANDARD =
      new Settings(
          true,
          "rediscached",
          new Redis("redis://localhost:6379", Duration.ofMillis(100), Duration.ofSeconds(1)),
          new Defaults(Duration.ofMinutes(10), 0.1, 1L << 20),
          new Near(true, 64L << 20, null),
          ValueOptions.NONE,
          List.of(),
          List.of(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          null,
          List.of());

  /**
   * Where Redis is and how long to wait for it.
   *
   * @param uri one server, as Lettuce reads it; may contain a password
   * @param timeout deadline of one command
   * @param connectTimeout deadline of a connection
   */
  public record Redis(String uri, Duration timeout, Duration connectTimeout) {

    /** The URI as it may be shown: without user and password. */
    public String redactedUri() {
      return RedisUri.redacted(uri);
    }

    @Override
    public String toString() {
      return "Redis[uri="
          + redactedUri()
          + ", timeout="
          + timeout
          + ", connectTimeout="
          + connectTimeout
          + "]";
    }
  }

  /**
   * What counts where an annotation or a rule says nothing.
   *
   * @param ttl how long an entry lives, at least 1 ms
   * @param ttlJitter the share of the TTL by which it may vary, 0 to 1
   * @param maxValueSizeBytes larger values are not stored
   */
  public record Defaults(Duration ttl, double ttlJitter, long maxValueSizeBytes) {}

  /**
   * The near cache.
   *
   * @param enabled whether there is one
   * @param maxSizeBytes what its entries may weigh together
   * @param ttl how long an entry may serve where Redis does not tell of changes; null for not at
   *     all
   */
  public record Near(boolean enabled, long maxSizeBytes, @Nullable Duration ttl) {}
}
