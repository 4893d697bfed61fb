package io.github.rediscached.agent.store;

import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.ConnectionEvents;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Connects through a Unix domain socket, as the JDK knows it from version 16 on. Lettuce knows only
 * those of Netty's native libraries, which are not in the jar. {@link Clients} makes it for a URI
 * with a path.
 */
final class SocketClient extends BareClient {

  private final SocketAddress address;

  private SocketClient(
      ClientResources resources, RedisURI uri, @Nullable RotatingLogin login, String path) {
    super(resources, uri, login);
    this.address = UnixDomainSocketAddress.of(path);
  }

  /**
   * A client for a socket.
   *
   * @param uri with any host, which is not asked for
   * @param path of the socket
   */
  static BareClient of(
      ClientResources resources, RedisURI uri, @Nullable RotatingLogin login, String path) {
    return new SocketClient(resources, uri, login, path);
  }

  @Override
  protected void connectionBuilder(
      Mono<SocketAddress> addresses,
      ConnectionBuilder builder,
      ConnectionEvents events,
      RedisURI uri) {
    super.connectionBuilder(Mono.just(address), builder, events, uri);
    builder.bootstrap(
        new Bootstrap()
            .group(builder.bootstrap().config().group())
            .channel(NioDomainSocketChannel.class));
  }
}
