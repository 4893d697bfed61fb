package io.github.rediscached.agent.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is reached.
 *
 * @param uri with its password, if any
 * @param shownUri the same without it, for people
 * @param timeout how long a look-up may take
 * @param connectTimeout how long a connection may take to be made, and how long the first look-up
 *     waits for it
 * @param mode what it is
 * @param tls for a URI with TLS; null for what the JVM has
 * @param credentials who tells user and password; null for the URI
 * @param sentinelLogin of the Sentinels; null for those that ask for none
 */
public record RedisAccess(
    String uri,
    String shownUri,
    Duration timeout,
    Duration connectTimeout,
    Mode mode,
    @Nullable Tls tls,
    @Nullable Credentials credentials,
    @Nullable SentinelLogin sentinelLogin) {

  /** All that is needed where the URI says everything. */
  public RedisAccess(
      String uri, String shownUri, Duration timeout, Duration connectTimeout, Mode mode) {
    this(uri, shownUri, timeout, connectTimeout, mode, null, null, null);
  }

  /** What Redis is. */
  public enum Mode {
    /** What it says of itself. */
    AUTO,
    /** One server, be it for all slots of a cluster. */
    STANDALONE,
    /** A cluster, whose keys are in buckets. */
    CLUSTER
  }

  /** Without the password. */
  @Override
  public String toString() {
    return shownUri;
  }

  /**
   * What is known of Redis's certificate and of our own. Paths are those of PEM files, which each
   * connection reads anew.
   *
   * @param ca the certificates to trust; null for those that the JVM trusts
   * @param certificate ours, with those that lead to its authority; null if there is none
   * @param key its private key; null if there is none
   * @param keyPassword of the key; null if it is not encrypted
   * @param serverName the name in Redis's certificate; null if it is that of the host
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
      return "Tls";
    }
  }

  /**
   * Who tells user and password: the password alone, or both in two lines.
   *
   * @param file path of a file; null for the command
   * @param command program and arguments; empty for the file
   * @param refresh how often the command is run
   */
  public record Credentials(@Nullable String file, List<String> command, Duration refresh) {

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
}
