package io.github.rediscached.agent.store;

import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.SocketAddressResolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;

/**
 * Gives the addresses of all hosts one name, which TLS then asks for (SNI) and looks for in the
 * certificate. It is for a Redis whose certificate has another name than the host under which it is
 * reached. {@link Clients} makes it where {@code redis.tls.server-name} is set.
 */
final class NamedAddresses extends SocketAddressResolver {

  private final String name;

  private NamedAddresses(String name) {
    this.name = name;
  }

  static SocketAddressResolver of(String name) {
    return new NamedAddresses(name);
  }

  /** On the thread that connects: it may wait for a name service. */
  @Override
  public SocketAddress resolve(RedisURI uri) {
    try {
      byte[] address = InetAddress.getByName(uri.getHost()).getAddress();
      return new InetSocketAddress(InetAddress.getByAddress(name, address), uri.getPort());
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
