package io.github.rediscached.agent.store;

import io.lettuce.core.RedisAsyncCommandsImpl;
import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisReactiveCommandsImpl;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.PushHandler;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce's client without its three faces of some four hundred commands each, which nothing here
 * uses and which would double the time to the first connection.
 */
class BareClient extends RedisClient {

  private final @Nullable RotatingLogin login;

  /**
   * @param login where user and password may change; null if they are those of the URI
   */
  BareClient(ClientResources resources, RedisURI uri, @Nullable RotatingLogin login) {
    super(resources, uri);
    this.login = login;
  }

  /**
   * Connects to the address of the client, or to the one that is known to be it now.
   *
   * @throws RuntimeException if that fails
   */
  @Override
  public <K, V> StatefulRedisConnection<K, V> connect(RedisCodec<K, V> codec) {
    if (login == null) {
      return open(codec);
    }
    Login newest = login.newest();
    try {
      StatefulRedisConnection<K, V> made = open(codec);
      login.connected((StatefulRedisConnectionImpl<?, ?>) made, newest);
      return made;
    } catch (RuntimeException e) {
      login.failed(e);
      throw e;
    }
  }

  /** Connects as Lettuce does. */
  <K, V> StatefulRedisConnection<K, V> open(RedisCodec<K, V> codec) {
    return super.connect(codec);
  }

  @Override
  protected <K, V> StatefulRedisConnectionImpl<K, V> newStatefulRedisConnection(
      RedisChannelWriter writer,
      PushHandler pushHandler,
      RedisCodec<K, V> codec,
      Duration timeout) {
    return new BareConnection<>(writer, pushHandler, codec, timeout);
  }

  private static final class BareConnection<K, V> extends StatefulRedisConnectionImpl<K, V> {

    BareConnection(
        RedisChannelWriter writer,
        PushHandler pushHandler,
        RedisCodec<K, V> codec,
        Duration timeout) {
      super(writer, pushHandler, codec, timeout);
    }

    @Override
    protected @Nullable RedisCommands<K, V> newRedisSyncCommandsImpl() {
      return null;
    }

    @Override
    protected @Nullable RedisAsyncCommandsImpl<K, V> newRedisAsyncCommandsImpl() {
      return null;
    }

    @Override
    protected @Nullable RedisReactiveCommandsImpl<K, V> newRedisReactiveCommandsImpl() {
      return null;
    }
  }
}
