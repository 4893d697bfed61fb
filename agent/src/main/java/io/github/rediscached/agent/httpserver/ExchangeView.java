package io.github.rediscached.agent.httpserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.github.rediscached.agent.http.RequestView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to the JDK's own server, as its filters have left it. */
final class ExchangeView implements RequestView {

  private final HttpExchange exchange;

  ExchangeView(HttpExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public String method() {
    return exchange.getRequestMethod();
  }

  @Override
  public String path() {
    String path = exchange.getRequestURI().getPath();
    return path == null ? "" : path;
  }

  @Override
  public String uri() {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? "" : path;
  }

  @Override
  public @Nullable String query() {
    return exchange.getRequestURI().getRawQuery();
  }

  @Override
  public String origin() {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return "http://" + (host == null ? exchange.getLocalAddress().toString() : host);
  }

  @Override
  public List<String> fields(String name) {
    List<String> lines = exchange.getRequestHeaders().get(name);
    return lines == null ? List.of() : lines;
  }

  @Override
  public List<String> fieldNames() {
    return new ArrayList<>(exchange.getRequestHeaders().keySet());
  }

  @Override
  public @Nullable String principal() {
    HttpPrincipal principal = exchange.getPrincipal();
    return principal == null ? null : principal.getName();
  }

  /** The server has none. */
  @Override
  public @Nullable String session() {
    return null;
  }

  /** Another server of this JVM has another port. */
  @Override
  public String application() {
    return "port " + exchange.getLocalAddress().getPort();
  }

  @Override
  public List<String> cookieNames() {
    List<String> names = new ArrayList<>();
    for (String line : fields("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        names.add((equals < 0 ? pair : pair.substring(0, equals)).strip());
      }
    }
    return names;
  }

  @Override
  public @Nullable String cookie(String name) {
    for (String line : fields("Cookie")) {
      for (String pair : line.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals >= 0 && pair.substring(0, equals).strip().equals(name)) {
          return pair.substring(equals + 1).strip();
        }
      }
    }
    return null;
  }
}
