package io.github.rediscached.agent.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.util.ArrayList;
import java.util.List;

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
    this.resources = new LettuceResources();
  }

  LettuceResources resources() {
    return resources;
  }

  /** The address that the settings name; the first of several. */
  RedisURI configured() {
    return allConfigured().get(0);
  }

  /** The servers that the settings name: {@code redis://user:password@host:port,host:port}. */
  List<RedisURI> allConfigured() {
    String text = access.uri();
    int authority = text.indexOf("://") + 3;
    int end = text.length();
    for (int i = authority; i < end; i++) {
      if (text.charAt(i) == '/' || text.charAt(i) == '?') {
        end = i;
      }
    }
    int hosts = Math.max(authority, text.lastIndexOf('@', end - 1) + 1);
    List<RedisURI> all = new ArrayList<>();
    for (String host : text.substring(hosts, end).split(",", -1)) {
      RedisURI uri = RedisURI.create(text.substring(0, hosts) + host + text.substring(end));
      uri.setTimeout(access.connectTimeout());
      all.add(uri);
    }
    return all;
  }

  /** Another server, which is reached as the one that the settings name. */
  RedisURI at(String host, int port) {
    return RedisURI.builder(configured()).withHost(host).withPort(port).build();
  }

  /** Whether the certificate of a server has to be for its name. */
  boolean verifiesNames() {
    return configured().isSsl();
  }

  /**
   * A client for an address.
   *
   * @param uri {@link #configured}, or the same with another host and port
   */
  RedisClient client(RedisURI uri) {
    RedisClient client = new BareClient(resources, uri);
    client.setOptions(
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
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
    return client;
  }
}
