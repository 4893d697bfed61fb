package io.github.rediscached.agent.httpserver;

import com.sun.net.httpserver.HttpExchange;
import io.github.rediscached.agent.http.ResponseSink;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to the client through the JDK's own server: the head is sent with the first byte. */
final class ExchangeSink implements ResponseSink {

  private final HttpExchange exchange;
  private int status = 200;

  ExchangeSink(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int status() {
    int sent = exchange.getResponseCode();
    return sent < 0 ? status : sent;
  }

  @Override
  public void status(int set) {
    status = set;
  }

  @Override
  public List<String> fields(String name) {
    List<String> lines = exchange.getResponseHeaders().get(name);
    return lines == null ? List.of() : lines;
  }

  /** The server writes the length itself. */
  @Override
  public void set(String name, String value) {
    if (!name.equalsIgnoreCase("Content-Length")) {
      exchange.getResponseHeaders().set(name, value);
    }
  }

  @Override
  public void add(String name, String value) {
    exchange.getResponseHeaders().add(name, value);
  }

  @Override
  public @Nullable String contentType() {
    return exchange.getResponseHeaders().getFirst("Content-Type");
  }

  @Override
  public boolean isCommitted() {
    return exchange.getResponseCode() >= 0;
  }

  @Override
  public void write(byte[] bytes, int from, int length, @Nullable String charset)
      throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, length);
      exchange.getResponseBody().write(bytes, from, length);
    }
  }

  @Override
  public void close() throws IOException {
    if (!isCommitted()) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }
}
