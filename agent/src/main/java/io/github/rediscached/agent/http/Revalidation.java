package io.github.rediscached.agent.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the handler whether a stale response is still good (RFC 9111, 4.3.1): what the handler sees
 * of the conditions in the request. Those of the client are left out, so a 304 can be about nothing
 * else.
 */
final class Revalidation {

  private final @Nullable String tag;
  private final @Nullable String modified;

  private Revalidation(@Nullable String tag, @Nullable String modified) {
    this.tag = tag;
    this.modified = modified;
  }

  /** Null if the handler has given nothing by which it could tell. */
  static @Nullable Revalidation of(@Nullable StoredResponse stale) {
    if (stale == null || stale.status() != 200) {
      return null;
    }
    String tag = stale.ownTag();
    String modified = stale.field("Last-Modified");
    return tag == null && modified == null ? null : new Revalidation(tag, modified);
  }

  /**
   * The lines of a request header field as the handler is to see them; null for those of the
   * client.
   *
   * @param name in lower case
   */
  @Nullable List<String> instead(String name) {
    return switch (name) {
      case "if-none-match" -> lines(tag);
      case "if-modified-since" -> lines(modified);
      // A part of the answer could not take the place of what is stored.
      case "range", "if-range" -> List.of();
      default -> null;
    };
  }

  private static List<String> lines(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  /** The names that it adds to those that the client has sent. */
  List<String> added() {
    List<String> added = new ArrayList<>();
    if (tag != null) {
      added.add("If-None-Match");
    }
    if (modified != null) {
      added.add("If-Modified-Since");
    }
    return added;
  }
}
