package io.github.rediscached.benchmarks;

import io.lettuce.core.RedisURI;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.codec.Kryo5Codec;
import org.redisson.config.Config;

/**
 * Redisson with its defaults, among them its default codec, Kryo 5: <a
 * href="https://redisson.pro/docs/configuration/">configuration</a> and <a
 * href="https://redisson.pro/docs/data-and-services/data-serialization/">codecs</a>.
 */
public final class RedissonConnection {

  private RedissonConnection() {}

  public static RedissonClient open(String uri) {
    RedisURI redis = RedisURI.create(uri);
    Config config = new Config();
    config.setCodec(new Kryo5Codec());
    var credentials = redis.getCredentialsProvider().resolveCredentials().block();
    if (credentials != null && credentials.hasPassword()) {
      config.setUsername(credentials.getUsername());
      config.setPassword(new String(credentials.getPassword()));
    }
    config
        .useSingleServer()
        .setAddress(
            (redis.isSsl() ? "rediss://" : "redis://") + redis.getHost() + ":" + redis.getPort())
        .setDatabase(redis.getDatabase());
    return Redisson.create(config);
  }
}
