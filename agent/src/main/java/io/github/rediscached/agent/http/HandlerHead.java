package io.github.rediscached.agent.http;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response as its handler has left it: what the handler has set, and what filters had
 * set before. What filters add when the response is committed does not decide whether it is stored:
 * it would do so only where that happens to be earlier than the handler's end.
 */
final class HandlerHead implements ResponseSink {

  /** The fields by which it is decided; of all others the container knows best. */
  private static final List<String> DECIDING =
      List.of(
          "Cache-Control",
          "CDN-Cache-Control",
          "Expires",
          "Vary",
          "Date",
          "Age",
          "Last-Modified",
          "ETag");

  private final ResponseSink sink;
  private final Fields own;
  private final Map<String, List<String>> before = new HashMap<>();

  /**
   * @param own those that the handler will have set
   */
  HandlerHead(ResponseSink sink, Fields own) {
    this.sink = sink;
    this.own = own;
    for (String name : DECIDING) {
      before.put(name.toLowerCase(Locale.ROOT), sink.fields(name));
    }
  }

  @Override
  public List<String> fields(String name) {
    List<String> earlier = before.get(name.toLowerCase(Locale.ROOT));
    if (earlier == null) {
      return sink.fields(name);
    }
    List<String> set = own.all(name);
    if (set.isEmpty() || earlier.isEmpty()) {
      return set.isEmpty() ? earlier : set;
    }
    return own.replaces(name) ? set : Fields.joined(earlier, set);
  }

  @Override
  public int status() {
    return sink.status();
  }

  @Override
  public void status(int status) {
    sink.status(status);
  }

  @Override
  public void set(String name, String value) {
    sink.set(name, value);
  }

  @Override
  public void add(String name, String value) {
    sink.add(name, value);
  }

  @Override
  public @Nullable String contentType() {
    return sink.contentType();
  }

  @Override
  public boolean isCommitted() {
    return sink.isCommitted();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    sink.write(bytes, from, length);
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
