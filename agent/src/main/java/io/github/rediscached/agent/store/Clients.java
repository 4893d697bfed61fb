package io.github.rediscached.agent.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.SocketAddressResolver;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes Lettuce's clients, all on the same threads. Lettuce's own reconnecting is off: it would
 * send again what was on its way when the connection broke, and store values that have become old
 * meanwhile. {@link Connector} connects by them. Thread-safe.
 */
final class Clients {

  private static final int MAX_QUEUED_COMMANDS = 20_000;

  private final RedisAccess access;
  private final LettuceResources resources;

  Clients(RedisAccess access) {
    // Netty's own choice would be java.util.logging, which the application may still configure.
    // The SLF4J in the jar writes nothing.
    InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    this.access = access;
    this.resources = new LettuceResources(addresses(access.tls()));
  }

  private static SocketAddressResolver addresses(RedisAccess.@Nullable Tls tls) {
    return tls == null || tls.serverName() == null
        ? SocketAddressResolver.create(DnsResolvers.UNRESOLVED)
        : new NamedAddresses(tls.serverName());
  }

  LettuceResources resources() {
    return resources;
  }

  /** The address that the settings name. */
  RedisURI configured() {
    RedisURI uri = RedisURI.create(access.uri());
    uri.setTimeout(access.connectTimeout());
    return uri;
  }

  /**
   * A client for an address.
   *
   * @param uri {@link #configured}, or the same with another host and port
   */
  RedisClient client(RedisURI uri) {
    RedisClient client = new BareClient(resources, uri);
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_QUEUED_COMMANDS)
            .socketOptions(
                SocketOptions.builder()
                    .connectTimeout(access.connectTimeout())
                    .keepAlive(true)
                    .tcpNoDelay(true)
                    .build())
            // Each look-up has its own deadline; Lettuce would start a timer for every command.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build());
    if (uri.isSsl()) {
      options.sslOptions(TlsOptions.of(access.tls(), access.connectTimeout()));
    }
    client.setOptions(options.build());
    return client;
  }
}
