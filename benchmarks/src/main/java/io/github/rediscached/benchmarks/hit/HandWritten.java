package io.github.rediscached.benchmarks.hit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Cache-aside as one writes it for speed: Lettuce on one shared connection, bytes as they are, a
 * pool of Kryos. It has none of what the agent adds: no checksum, no look at the layout of the
 * classes, no limit to the classes that are read, no counters.
 */
final class HandWritten implements OrderCache {

  private static final Duration TTL = Duration.ofHours(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final String prefix;
  private final OrderSource source;
  private final KryoPool kryo;
  private final boolean async;

  HandWritten(String uri, String prefix, OrderSource source, KryoPool kryo, boolean async) {
    this.client = RedisClient.create(uri);
    this.connection = client.connect(ByteArrayCodec.INSTANCE);
    connection.setTimeout(TIMEOUT);
    this.prefix = prefix;
    this.source = source;
    this.kryo = kryo;
    this.async = async;
  }

  @Override
  public Order find(long id) {
    byte[] key = (prefix + id).getBytes(StandardCharsets.US_ASCII);
    byte[] entry = async ? await(connection.async().get(key)) : connection.sync().get(key);
    if (entry != null) {
      return (Order) kryo.read(entry);
    }
    Order order = source.load(id);
    connection.sync().set(key, kryo.write(order), SetArgs.Builder.ex(TTL));
    return order;
  }

  private static byte[] await(RedisFuture<byte[]> answer) {
    try {
      return answer.get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, TIMEOUT);
  }
}
