package io.github.rediscached.agent.store;

import io.github.rediscached.agent.log.AgentLog;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.StaticCredentialsProvider;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.SocketAddressResolver;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes Lettuce's clients, all on the same threads, for each kind of Redis. Classes for what most
 * users don't have are made by methods of theirs, which have them loaded when they are called.
 * Lettuce's own reconnecting is off: it would send again what was on its way when the connection
 * broke, and store values that have become old meanwhile. {@link Connector} connects by them.
 * Thread-safe.
 */
final class Clients {

  /** How others write {@link #SOCKET}. */
  private static final String UNIX = "unix:";

  private static final String SOCKET = "redis-socket:";
  private static final int MAX_QUEUED_COMMANDS = 20_000;

  private final RedisAccess access;
  private final LettuceResources resources;
  private final @Nullable RotatingLogin login;

  Clients(RedisAccess access, AgentLog log) {
    // Netty's own choice would be java.util.logging, which the application may still configure.
    // The SLF4J in the jar writes nothing.
    InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    this.access = access;
    this.resources = new LettuceResources(addresses(access.tls()));
    RedisAccess.Credentials credentials = access.credentials();
    this.login = credentials == null ? null : RotatingLogin.of(credentials, log);
  }

  private static SocketAddressResolver addresses(RedisAccess.@Nullable Tls tls) {
    return tls == null || tls.serverName() == null
        ? SocketAddressResolver.create(DnsResolvers.UNRESOLVED)
        : NamedAddresses.of(tls.serverName());
  }

  LettuceResources resources() {
    return resources;
  }

  /** Ends the threads that all clients share. */
  void close() {
    if (login != null) {
      login.stop();
    }
    resources.close();
  }

  /** The address that the settings name; the first of several. */
  RedisURI configured() {
    return allConfigured().get(0);
  }

  /** The servers that the settings name: {@code redis://user:password@host:port,host:port}. */
  List<RedisURI> allConfigured() {
    String text = access.uri();
    if (text.startsWith(UNIX)) {
      return List.of(configured(SOCKET + text.substring(UNIX.length())));
    }
    int authority = text.indexOf("://") + 3;
    int end = text.length();
    for (int i = authority; i < end; i++) {
      if (text.charAt(i) == '/' || text.charAt(i) == '?') {
        end = i;
      }
    }
    if (text.substring(0, authority).endsWith("-sentinel://")) {
      // They are many, for one server.
      return List.of(configured(text));
    }
    int hosts = Math.max(authority, text.lastIndexOf('@', end - 1) + 1);
    List<RedisURI> all = new ArrayList<>();
    for (String host : text.substring(hosts, end).split(",", -1)) {
      all.add(configured(text.substring(0, hosts) + host + text.substring(end)));
    }
    return all;
  }

  private RedisURI configured(String text) {
    RedisURI uri = RedisURI.create(text);
    uri.setTimeout(access.connectTimeout());
    if (uri.getHost() == null) {
      // Of a socket, or of Sentinels, which are others.
      uri.setHost("localhost");
    }
    if (login != null) {
      uri.setCredentialsProvider(login);
    }
    return uri;
  }

  /** Another server, which is reached as the one that the settings name. */
  RedisURI at(String host, int port) {
    RedisURI configured = configured();
    RedisURI node = RedisURI.create(host, port);
    node.setTimeout(configured.getTimeout());
    node.setSsl(configured.isSsl());
    node.setStartTls(configured.isStartTls());
    node.setVerifyPeer(configured.getVerifyMode());
    node.setDatabase(configured.getDatabase());
    node.setClientName(configured.getClientName());
    node.setCredentialsProvider(configured.getCredentialsProvider());
    return node;
  }

  /** Whether the certificate of a server has to be for its name. */
  boolean verifiesNames() {
    return configured().isSsl();
  }

  /**
   * A client for an address.
   *
   * @param uri one of {@link #allConfigured}, or of {@link #at}
   */
  RedisClient client(RedisURI uri) {
    BareClient client;
    if (!uri.getSentinels().isEmpty()) {
      client = sentinelClient(uri);
    } else if (uri.getSocket() != null) {
      client = SocketClient.of(resources, at("localhost", 1), login, uri.getSocket());
    } else {
      client = new BareClient(resources, uri, login);
    }
    return withOptions(client, uri);
  }

  private BareClient sentinelClient(RedisURI uri) {
    List<RedisClient> clients = new ArrayList<>();
    for (RedisURI named : uri.getSentinels()) {
      RedisURI sentinel = RedisURI.create(named.getHost(), named.getPort());
      sentinel.setTimeout(uri.getTimeout());
      sentinel.setSsl(uri.isSsl());
      sentinel.setVerifyPeer(uri.getVerifyMode());
      RedisAccess.SentinelLogin known = access.sentinelLogin();
      if (known != null) {
        sentinel.setCredentialsProvider(
            new StaticCredentialsProvider(known.user(), known.password().toCharArray()));
      }
      clients.add(withOptions(new BareClient(resources, sentinel, null), sentinel));
    }
    Sentinels sentinels =
        new Sentinels(clients, uri.getSentinelMasterId(), access.connectTimeout().toNanos());
    return SentinelClient.of(
        resources, uri, login, sentinels, address -> at(address.host(), address.port()));
  }

  private RedisClient withOptions(BareClient client, RedisURI uri) {
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
      // A little less than all the time: its own message says more than that of the connection.
      options.sslOptions(
          TlsOptions.of(access.tls(), access.connectTimeout().multipliedBy(9).dividedBy(10)));
    }
    client.setOptions(options.build());
    return client;
  }
}
