package io.github.rediscached.benchmarks;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Jedis with a pool, as its guide recommends: <a
 * href="https://redis.io/docs/latest/develop/clients/jedis/connect/#connect-with-a-connection-pool">connection
 * pool</a>.
 */
public final class JedisConnections {

  /** As many as callers, so that none waits for a connection. */
  private static final int CONNECTIONS = 32;

  private JedisConnections() {}

  /** To be built, with more options or without. */
  public static RedisClient.Builder to(String uri) {
    URI redis = URI.create(uri);
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(Duration.ofSeconds(5));
    RedisClient.Builder builder = RedisClient.builder();
    builder
        .hostAndPort(JedisURIHelper.getHostAndPort(redis))
        .poolConfig(pool)
        .clientConfig(DefaultJedisClientConfig.builder(redis).resp3().build());
    return builder;
  }
}
