package io.github.rediscached.agent.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is reached.
 *
 * @param uri with its password, if any
 * @param shownUri the same without it, for people
 * @param timeout how long a look-up may take
 * @param connectTimeout how long a connection may take to be made, and how long the first look-up
 *     waits for it
 * @param tls for a URI with TLS; null for what the JVM has
 */
public record RedisAccess(
    String uri, String shownUri, Duration timeout, Duration connectTimeout, @Nullable Tls tls) {

  /** All that is needed where the URI says everything. */
  public RedisAccess(String uri, String shownUri, Duration timeout, Duration connectTimeout) {
    this(uri, shownUri, timeout, connectTimeout, null);
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
}
