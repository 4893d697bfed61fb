package io.github.rediscached.agent.key;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Addresses: the numbers. Whether somebody has asked for the host's name makes no difference. */
enum InetEncoding implements Encoding {
  ADDRESS {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      address((InetAddress) value, out);
    }
  },
  SOCKET_ADDRESS {
    @Override
    public void write(Object value, CanonicalBytes out) throws UnkeyableException {
      InetSocketAddress address = (InetSocketAddress) value;
      out.tag(Tag.JDK);
      out.text(name());
      out.int32(address.getPort());
      InetAddress host = address.getAddress();
      out.bool(host != null);
      if (host == null) {
        out.text(address.getHostString());
      } else {
        address(host, out);
      }
    }
  };

  private static void address(InetAddress address, CanonicalBytes out) throws UnkeyableException {
    out.tag(Tag.JDK);
    out.text(ADDRESS.name());
    out.bytes(address.getAddress());
    out.int32(address instanceof Inet6Address six ? six.getScopeId() : 0);
  }
}
