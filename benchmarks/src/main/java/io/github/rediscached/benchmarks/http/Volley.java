package io.github.rediscached.benchmarks.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Many requests at once, each on a connection that is open already, from one thread. The requests
 * name one host whichever server gets them, as behind a load balancer. {@link HttpStampede} fires.
 */
final class Volley implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();

  /**
   * @param ports of the servers on this machine, which get connections by turns
   * @param size how many connections
   */
  Volley(List<Integer> ports, int size) throws IOException {
    for (int i = 0; i < size; i++) {
      SocketChannel channel =
          SocketChannel.open(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(i % ports.size())));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Connection connection = new Connection(channel);
      channel.register(selector, SelectionKey.OP_READ, connection);
      connections.add(connection);
    }
  }

  /**
   * An answer.
   *
   * @param head its status line and fields
   * @param nanos when its last byte was there, by {@link System#nanoTime}
   */
  record Answer(String head, long nanos) {

    /** The value of a field that it has. */
    String field(String name) throws IOException {
      return Volley.field(head, name);
    }
  }

  private static String field(String head, String name) throws IOException {
    for (int line = head.indexOf('\n'); line > 0; line = head.indexOf('\n', line + 1)) {
      if (head.regionMatches(true, line + 1, name, 0, name.length())) {
        int end = head.indexOf('\r', line);
        return head.substring(line + name.length() + 3, end < 0 ? head.length() : end);
      }
    }
    throw new IOException("There is no " + name + ": " + head);
  }

  /** Asks for a path on each connection, and waits for all answers. */
  List<Answer> fire(String path) throws IOException {
    ByteBuffer request =
        ByteBuffer.wrap(
            ("GET " + path + " HTTP/1.1\r\nHost: shop.example\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    for (Connection connection : connections) {
      connection.begin();
      connection.channel.write(request.duplicate());
    }
    List<Answer> answers = new ArrayList<>();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (answers.size() < connections.size()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("Only " + answers.size() + " answers came for " + path);
      }
      selector.select(1_000);
      for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
        Connection connection = (Connection) keys.next().attachment();
        keys.remove();
        if (connection.isWhole()) {
          answers.add(new Answer(connection.head(), System.nanoTime()));
        }
      }
    }
    return answers;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  /** One connection, and what has come of its answer. */
  private static final class Connection {

    private final SocketChannel channel;
    private final ByteBuffer read = ByteBuffer.allocate(8_192);
    private int headEnd = -1;
    private int end = -1;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void begin() {
      read.clear();
      headEnd = -1;
      end = -1;
    }

    /** Reads what is there. */
    boolean isWhole() throws IOException {
      if (channel.read(read) < 0) {
        throw new IOException("The server has hung up.");
      }
      if (end < 0) {
        headEnd = headEnd();
        if (headEnd < 0) {
          return false;
        }
        end = headEnd + 4 + Integer.parseInt(field(head(), "Content-Length"));
      }
      return read.position() == end;
    }

    private int headEnd() {
      for (int i = 0; i + 3 < read.position(); i++) {
        if (read.get(i) == '\r' && read.get(i + 2) == '\r') {
          return i;
        }
      }
      return -1;
    }

    String head() {
      return new String(read.array(), 0, headEnd, StandardCharsets.ISO_8859_1);
    }
  }
}
