package io.github.rediscached.agent.httpserver;

import com.sun.net.httpserver.Headers;
import io.github.rediscached.agent.http.Exchange;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request as a recorded handler sees them; the exchange learns which it has
 * read.
 */
final class RecordedHeaders extends Headers {

  private final Exchange exchange;

  RecordedHeaders(Headers sent, Exchange exchange) {
    for (Map.Entry<String, List<String>> field : sent.entrySet()) {
      super.put(field.getKey(), field.getValue());
    }
    for (String name : List.of("If-None-Match", "If-Modified-Since", "Range", "If-Range")) {
      List<String> instead = exchange.handlerRequest().instead(name.toLowerCase(Locale.ROOT));
      if (instead != null && instead.isEmpty()) {
        super.remove(name);
      } else if (instead != null) {
        super.put(name, instead);
      }
    }
    this.exchange = exchange;
  }

  private void read(@Nullable Object name) {
    if (name instanceof String text) {
      exchange.handlerRequest().hasRead(text);
    }
  }

  @Override
  public @Nullable List<String> get(Object name) {
    read(name);
    return super.get(name);
  }

  @Override
  public @Nullable String getFirst(String name) {
    read(name);
    return super.getFirst(name);
  }

  @Override
  public boolean containsKey(Object name) {
    read(name);
    return super.containsKey(name);
  }

  @Override
  public boolean containsValue(Object value) {
    exchange.handlerRequest().hasReadAll();
    return super.containsValue(value);
  }

  @Override
  public Set<String> keySet() {
    exchange.handlerRequest().hasReadAll();
    return super.keySet();
  }

  @Override
  public Collection<List<String>> values() {
    exchange.handlerRequest().hasReadAll();
    return super.values();
  }

  @Override
  public Set<Map.Entry<String, List<String>>> entrySet() {
    exchange.handlerRequest().hasReadAll();
    return super.entrySet();
  }

  @Override
  public int size() {
    exchange.handlerRequest().hasReadAll();
    return super.size();
  }
}
