package io.github.rediscached.agent.http;

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
final class HandlerHead implements ResponseHead {

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

  private final Map<String, List<String>> before;
  private final Fields own;
  private final @Nullable ResponseSink sink;
  private final @Nullable StoredResponse earlier;
  private @Nullable String charset;

  /**
   * @param before see {@link #before}
   * @param own those that the handler will have set
   * @param sink null for a handler that runs in the background: its client has another answer
   * @param earlier the response that the next one takes the place of; null if there is none
   */
  HandlerHead(
      Map<String, List<String>> before,
      Fields own,
      @Nullable ResponseSink sink,
      @Nullable StoredResponse earlier) {
    this.before = before;
    this.own = own;
    this.sink = sink;
    this.earlier = earlier;
  }

  /** Of a response that went to no client, with no more than these fields. */
  static HandlerHead of(Fields fields, @Nullable StoredResponse earlier) {
    return new HandlerHead(Map.of(), fields, null, earlier);
  }

  /** What filters have set, by the names of the deciding fields in lower case. */
  static Map<String, List<String>> before(ResponseSink sink) {
    Map<String, List<String>> before = new HashMap<>();
    for (String name : DECIDING) {
      before.put(name.toLowerCase(Locale.ROOT), sink.fields(name));
    }
    return before;
  }

  /** The handler has named a character set beside the content type. */
  void charset(@Nullable String named) {
    charset = named;
  }

  @Override
  public List<String> fields(String name) {
    List<String> filters = before.get(name.toLowerCase(Locale.ROOT));
    if (filters == null && sink != null) {
      return sink.fields(name);
    }
    List<String> set = own.all(name);
    if (filters == null || filters.isEmpty() || own.replaces(name)) {
      return set;
    }
    return set.isEmpty() ? filters : Fields.joined(filters, set);
  }

  /** The container has added the character set when it was asked for a writer. */
  @Override
  public @Nullable String contentType() {
    if (sink != null) {
      return sink.contentType();
    }
    String type = own.first("Content-Type");
    String known = earlier == null ? null : earlier.field("Content-Type");
    if (type == null || type.contains(";")) {
      return type;
    }
    if (charset != null) {
      return type + ";charset=" + charset;
    }
    return known != null && known.startsWith(type + ";") ? known : type;
  }
}
