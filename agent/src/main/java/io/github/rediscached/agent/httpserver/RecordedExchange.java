package io.github.rediscached.agent.httpserver;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.github.rediscached.agent.http.Exchange;
import io.github.rediscached.agent.http.Exchange.Way;
import io.github.rediscached.agent.http.QueryFilter;
import io.github.rediscached.agent.http.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The exchange that a recorded handler sees. Its answer goes to the client with {@link
 * #sendResponseHeaders}, unless it is held back then. The run ends when the handler has closed the
 * exchange or its body, on whatever thread.
 */
final class RecordedExchange extends HttpExchange implements Ticket {

  private final HttpExchange real;
  private final Exchange exchange;
  private final ExchangeSink sink;
  private final Headers requestHeaders;
  private final Headers responseHeaders = new Headers();
  private @Nullable OutputStream body;
  private int sent = -1;
  private boolean broken;

  RecordedExchange(HttpExchange real, Exchange exchange, ExchangeSink sink) {
    this.real = real;
    this.exchange = exchange;
    this.sink = sink;
    this.requestHeaders = new RecordedHeaders(real.getRequestHeaders(), exchange);
    copy(filtersHeaders(), responseHeaders);
  }

  /** In the background they are those of the answer that the client has got. */
  private Headers filtersHeaders() {
    return exchange.isInBackground() ? new Headers() : real.getResponseHeaders();
  }

  private static void copy(Headers from, Headers to) {
    for (Map.Entry<String, List<String>> field : from.entrySet()) {
      for (String line : field.getValue()) {
        to.add(field.getKey(), line);
      }
    }
  }

  // The run

  @Override
  public Object request(Object original) {
    return this;
  }

  /** The handler may have given the exchange to another thread. */
  @Override
  public void returned() {}

  @Override
  public boolean threw() {
    boolean answered = exchange.end(sink, true);
    if (answered) {
      closeSink();
    }
    return answered;
  }

  private void end() {
    if (exchange.end(sink, broken) && !exchange.isInBackground()) {
      closeSink();
    }
  }

  private void closeSink() {
    try {
      sink.close();
    } catch (IOException e) {
      broken = true;
    }
  }

  // The request

  @Override
  public Headers getRequestHeaders() {
    return requestHeaders;
  }

  @Override
  public URI getRequestURI() {
    URI uri = real.getRequestURI();
    QueryFilter filter = exchange.handlerRequest().queryFilter();
    String query = uri.getRawQuery();
    if (filter == null || query == null) {
      return uri;
    }
    String shown = filter.of(query);
    String text = uri.toString();
    return URI.create(text.substring(0, text.indexOf('?')) + (shown == null ? "" : "?" + shown));
  }

  @Override
  public String getRequestMethod() {
    return real.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return real.getHttpContext();
  }

  @Override
  public InputStream getRequestBody() {
    return real.getRequestBody();
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return real.getRemoteAddress();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return real.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return real.getProtocol();
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return real.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    real.setAttribute(name, value);
  }

  @Override
  public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
    exchange.refuse("streams");
    real.setStreams(in, out);
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    HttpPrincipal principal = real.getPrincipal();
    if (principal != null) {
      exchange.handlerRequest().hasReadPrincipal();
    }
    return principal;
  }

  // The response

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public int getResponseCode() {
    return sent;
  }

  @Override
  public void sendResponseHeaders(int status, long length) throws IOException {
    sent = status;
    exchange.status(status);
    Headers filters = filtersHeaders();
    for (Map.Entry<String, List<String>> field : responseHeaders.entrySet()) {
      if (!field.getValue().equals(filters.get(field.getKey()))) {
        exchange.fields().set(field.getKey(), null);
        for (String line : field.getValue()) {
          exchange.fields().add(field.getKey(), line);
        }
      }
    }
    if (exchange.begin() == Way.PASSED) {
      filters.clear();
      copy(responseHeaders, filters);
      sink.status(status);
      exchange.beforeFirstByte(sink);
      real.sendResponseHeaders(status, length);
    }
  }

  @Override
  public OutputStream getResponseBody() {
    OutputStream present = body;
    if (present == null) {
      present = new Body();
      body = present;
    }
    return present;
  }

  @Override
  public void close() {
    end();
    real.close();
  }

  /** Passes each part of the body on at once, and a copy of it to the exchange. */
  private final class Body extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (exchange.way() == Way.PASSED) {
        try {
          real.getResponseBody().write(bytes, from, length);
        } catch (IOException e) {
          broken = true;
          throw e;
        }
      }
      exchange.copy(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      if (exchange.way() == Way.PASSED) {
        real.getResponseBody().flush();
      }
    }

    @Override
    public void close() throws IOException {
      if (exchange.way() == Way.PASSED) {
        try {
          real.getResponseBody().close();
        } catch (IOException e) {
          // Less than announced, or the client has gone.
          broken = true;
          end();
          throw e;
        }
      }
      end();
    }
  }
}
