package io.github.rediscached.agent.config;

import io.github.rediscached.agent.plan.CacheOptions;
import io.github.rediscached.agent.plan.EvictOptions;
import io.github.rediscached.agent.plan.HttpOptions;
import io.github.rediscached.agent.plan.MethodPattern;
import io.github.rediscached.agent.plan.Secret;
import io.github.rediscached.agent.plan.StoredForm;
import io.github.rediscached.agent.plan.ValueOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings, complete and checked. {@code SettingsLoader} makes them; only {@code Agent} reads
 * them.
 *
 * @param enabled whether anything is cached
 * @param namespace the first part of every Redis key
 * @param secrets as of {@link StoredForm}, and the two after it
 * @param rules of {@code caches}, in the order of the file, no two for the same pattern
 * @param evictions in the order of the file
 * @param http in the order of the file, no two for the same path
 * @param loadWait how long a call waits for the same call of another thread or JVM, before it runs
 *     the method itself
 * @param patternWait how long an eviction by pattern may keep its caller
 * @param reportUnmatchedAfter how long after the agent's start the rules that have matched no
 *     method are reported
 * @param file the path of the file that was read; null if there is none
 * @param remarks sentences on settings that are no mistakes but may surprise
 */
public record Settings(
    boolean enabled,
    String namespace,
    Redis redis,
    Defaults defaults,
    Near near,
    ValueOptions values,
    List<Secret> secrets,
    boolean hashedKeys,
    long compressOverBytes,
    List<CacheRule> rules,
    List<EvictionRule> evictions,
    List<HttpRule> http,
    Duration loadWait,
    Duration patternWait,
    Duration reportUnmatchedAfter,
    @Nullable String file,
    List<String> remarks) {

  /** The defaults. */
  public static final Settings STANDARD =
      new Settings(
          true,
          "rediscached",
          new Redis(
              "redis://localhost:6379",
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              "auto",
              null,
              null,
              null),
          new Defaults(Duration.ofMinutes(10), 0.1, 1L << 20),
          new Near(true, 64L << 20, null),
          ValueOptions.NONE,
          List.of(),
          false,
          1 << 10,
          List.of(),
          List.of(),
          List.of(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          null,
          List.of());

  /** How values and keys stand in Redis; made here, as it is one class less before main. */
  public StoredForm form() {
    return new StoredForm(secrets, hashedKeys, compressOverBytes);
  }

  /**
   * The server, and the deadlines for its answers.
   *
   * @param uri one server, as Lettuce reads it, or several of a cluster; may contain a password
   * @param timeout deadline of one command
   * @param connectTimeout deadline of a connection
   * @param mode what it is: auto (what it says of itself), standalone or cluster
   * @param tls null if there is nothing to say about it
   * @param credentials who tells user and password; null for the URI
   * @param sentinelLogin of the Sentinels; null for those that ask for none
   */
  public record Redis(
      String uri,
      Duration timeout,
      Duration connectTimeout,
      String mode,
      @Nullable Tls tls,
      @Nullable Credentials credentials,
      @Nullable SentinelLogin sentinelLogin) {

    /** The URI without user and password, for messages. */
    public String redactedUri() {
      return RedactedUri.of(uri);
    }

    @Override
    public String toString() {
      return "Redis[uri=%s, timeout=%s, connectTimeout=%s]"
          .formatted(redactedUri(), timeout, connectTimeout);
    }
  }

  /**
   * What is known of the server's certificate and of our own. Paths are those of PEM files.
   *
   * @param ca the certificates to trust; null for those that the JVM trusts
   * @param certificate ours, with those that lead to its authority; null if there is none
   * @param key its private key
   * @param keyPassword of the key; null if it is not encrypted
   * @param serverName the name in the server's certificate; null if it is that of the host
   */
  public record Tls(
      @Nullable String ca,
      @Nullable String certificate,
      @Nullable String key,
      @Nullable String keyPassword,
      @Nullable String serverName) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Tls[ca=%s, certificate=%s, key=%s, serverName=%s]"
          .formatted(ca, certificate, key, serverName);
    }
  }

  /**
   * Who tells user and password, which may change.
   *
   * @param file path of a file; null for the command
   * @param command program and arguments; empty for the file
   * @param refresh how often the command is run
   */
  public record Credentials(@Nullable String file, List<String> command, Duration refresh) {

    static final Duration REFRESH = Duration.ofMinutes(10);

    /** Without what is an operator's business. */
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /**
   * How to log in to the Sentinels.
   *
   * @param user null for the default user
   */
  public record SentinelLogin(@Nullable String user, String password) {

    /** Nothing of it. */
    @Override
    public String toString() {
      return "SentinelLogin";
    }
  }

  /**
   * One entry of {@code caches} in the file.
   *
   * @param line its place in the file, from 1
   */
  public record CacheRule(MethodPattern pattern, CacheOptions options, int line) {}

  /**
   * One entry of {@code evictions} in the file.
   *
   * @param line its place in the file, from 1
   */
  public record EvictionRule(MethodPattern pattern, EvictOptions options, int line) {}

  /**
   * One entry of {@code http} in the file.
   *
   * @param line its place in the file, from 1
   */
  public record HttpRule(HttpOptions options, int line) {}

  /**
   * The defaults for options that an annotation or a rule leaves out.
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
   * @param maxSizeBytes the most that its entries may take together
   * @param ttl how long an entry may serve where Redis does not report changes; null for not at
   *     all, or for as long as {@link #toldTtl} says
   */
  public record Near(boolean enabled, long maxSizeBytes, @Nullable Duration ttl) {

    private static final Duration DEFAULT_TOLD_TTL = Duration.ofSeconds(10);

    /** How long an entry may serve where only the JVMs of the namespace report what they change. */
    public Duration toldTtl() {
      return ttl == null ? DEFAULT_TOLD_TTL : ttl;
    }
  }
}
