package io.github.rediscached.it.http;

import io.github.rediscached.it.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which bytes are what they are, for what no client library lets through. */
final class Wire implements AutoCloseable {

  private final Socket socket;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  private Wire(Socket socket) {
    this.socket = socket;
  }

  static Wire to(WebJvm jvm) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), jvm.port());
      socket.setSoTimeout((int) Eventually.PATIENCE.toMillis());
      return new Wire(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole answer to a GET as it came, with its head. */
  static String get(WebJvm jvm, String target, String... lines) {
    try (Wire wire = to(jvm)) {
      return wire.ask(target, WebJvm.HOST, lines).rest();
    }
  }

  /** The answer to a GET for this host. */
  static String getFrom(WebJvm jvm, String host, String target, String... lines) {
    try (Wire wire = to(jvm)) {
      return wire.ask(target, host, lines).rest();
    }
  }

  /** The body of an answer, put together where it came in chunks. */
  static String body(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    String body = answer.substring(end + 4);
    if (!answer.substring(0, end).toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      return body;
    }
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int line = body.indexOf("\r\n", at);
      int length = Integer.parseInt(body.substring(at, line), 16);
      if (length == 0) {
        return whole.toString();
      }
      whole.append(body, line + 2, line + 2 + length);
      at = line + 2 + length + 2;
    }
  }

  /** Sends a GET, after which the server is to close the connection. */
  Wire ask(String target, String host, String... lines) {
    StringBuilder request = new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(host).append("\r\n");
    for (String line : lines) {
      request.append(line).append("\r\n");
    }
    request.append("Connection: close\r\n\r\n");
    try {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until a text has come, and returns all so far. */
  String readUntil(String text) {
    try {
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8_192];
      while (!soFar().contains(text)) {
        int length = in.read(chunk);
        if (length < 0) {
          throw new AssertionError("ended without \"" + text + "\": " + soFar());
        }
        read.write(chunk, 0, length);
      }
      return soFar();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until the server closes the connection, in whatever way, and returns all. */
  String rest() {
    try {
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8_192];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        read.write(chunk, 0, length);
      }
    } catch (IOException e) {
      read.writeBytes("\n(reset)".getBytes(StandardCharsets.ISO_8859_1));
    }
    return soFar();
  }

  private String soFar() {
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /** Hangs up so that the server's next write fails. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
