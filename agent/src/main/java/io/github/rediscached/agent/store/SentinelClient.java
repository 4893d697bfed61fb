package io.github.rediscached.agent.store;

import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.resource.ClientResources;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whatever node is the master, as the Sentinels say at that moment. A node that was
 * promoted or demoted meanwhile is found out by what it says of itself, so that no connection stays
 * with the old master. {@link Clients} makes it for a URI with Sentinels.
 */
final class SentinelClient extends BareClient {

  private final Sentinels sentinels;
  private final Function<Sentinels.Address, RedisURI> node;

  private SentinelClient(
      ClientResources resources,
      RedisURI uri,
      @Nullable RotatingLogin login,
      Sentinels sentinels,
      Function<Sentinels.Address, RedisURI> node) {
    super(resources, uri, login);
    this.sentinels = sentinels;
    this.node = node;
  }

  /**
   * A client for the master.
   *
   * @param uri of the Sentinels
   * @param node gives the URI of a node
   */
  static BareClient of(
      ClientResources resources,
      RedisURI uri,
      @Nullable RotatingLogin login,
      Sentinels sentinels,
      Function<Sentinels.Address, RedisURI> node) {
    return new SentinelClient(resources, uri, login, sentinels, node);
  }

  @Override
  <K, V> StatefulRedisConnection<K, V> open(RedisCodec<K, V> codec) {
    Sentinels.Address master = sentinels.master();
    StatefulRedisConnection<K, V> made = connect(codec, node.apply(master));
    // Null before RESP3; then the first refused write ends the connection.
    String role = ((StatefulRedisConnectionImpl<K, V>) made).getConnectionState().getRole();
    if (role != null && !role.toLowerCase(Locale.ROOT).equals("master")) {
      made.close();
      throw new RedisConnectionException(
          master.host() + ":" + master.port() + " is no master any more, or not yet");
    }
    return made;
  }
}
