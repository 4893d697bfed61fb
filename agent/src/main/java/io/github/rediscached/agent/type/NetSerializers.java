package io.github.rediscached.agent.type;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.ImmutableSerializer;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Addresses. No method here asks a name service. */
final class NetSerializers {

  private static final int IPV6_BYTES = 16;

  private NetSerializers() {}

  /** The text; refused if it is read as another URI, as for some that were relativised. */
  static String textOf(URI uri) {
    String text = uri.toString();
    boolean same;
    try {
      same = new URI(text).equals(uri);
    } catch (URISyntaxException e) {
      same = false;
    }
    if (!same) {
      throw Refusal.of(URI.class, "which is another one when its text is read", "Return its text.");
    }
    return text;
  }

  @SuppressWarnings("deprecation") // From JDK 20 on; URL.of came with it.
  static URL urlOf(String text) {
    try {
      return new URL(text);
    } catch (MalformedURLException e) {
      throw new KryoException("A URL can't be read here.");
    }
  }

  static final class OfInetAddress extends ImmutableSerializer<InetAddress> {
    /** Takes the host name from the text: the method for it may ask a name service. */
    @Override
    public void write(Kryo kryo, Output out, InetAddress value) {
      String text = value.toString();
      String name = text.substring(0, text.indexOf('/'));
      Text.write(out, name.isEmpty() ? null : name);
      Text.writeBytes(out, value.getAddress());
      out.writeVarInt(scopeOf(value), false);
    }

    /** -1 for none, as {@link Inet6Address#getByAddress} has it. */
    private static int scopeOf(InetAddress address) {
      return address instanceof Inet6Address six
              && (six.getScopeId() != 0 || six.getHostAddress().indexOf('%') >= 0)
          ? six.getScopeId()
          : -1;
    }

    @Override
    public InetAddress read(Kryo kryo, Input in, Class<? extends InetAddress> type) {
      String name = Text.read(in);
      byte[] bytes = Text.readBytes(in);
      int scope = in.readVarInt(false);
      try {
        // The general method makes an address of version 4 of a mapped one.
        return bytes.length == IPV6_BYTES
            ? Inet6Address.getByAddress(name, bytes, scope)
            : InetAddress.getByAddress(name, bytes);
      } catch (UnknownHostException e) {
        throw new KryoException("An address has a wrong length.");
      }
    }
  }

  static final class OfInetSocketAddress extends ImmutableSerializer<InetSocketAddress> {
    private final OfInetAddress addresses = new OfInetAddress();

    @Override
    public void write(Kryo kryo, Output out, InetSocketAddress value) {
      InetAddress address = value.getAddress();
      out.writeVarInt(value.getPort(), true);
      Text.write(out, address == null ? value.getHostString() : null);
      if (address != null) {
        addresses.write(kryo, out, address);
      }
    }

    @Override
    public InetSocketAddress read(Kryo kryo, Input in, Class<? extends InetSocketAddress> type) {
      int port = in.readVarInt(true);
      @Nullable String unresolved = Text.read(in);
      return unresolved != null
          ? InetSocketAddress.createUnresolved(unresolved, port)
          : new InetSocketAddress(addresses.read(kryo, in, InetAddress.class), port);
    }
  }
}
