package io.github.rediscached.agent.http;

import io.github.rediscached.agent.plan.HttpOptions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the response to a request may be stored (RFC 9111, 3), more strictly than the
 * RFC: nothing is stored that may be for one user only. An exchange asks it at the first byte, for
 * what it tells, and at the end. Immutable and thread-safe.
 */
final class StorePolicy {

  /** Those of one connection, and those that each cache writes anew. */
  private static final List<String> UNSTORED =
      List.of(
          "Connection",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Authentication-Info",
          "Proxy-Connection",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "Age",
          "Cache-Status");

  private final Route route;

  StorePolicy(Route route) {
    this.route = route;
  }

  /**
   * Why a response is not stored, in a word; null if it may be, as far as its head tells.
   *
   * @param head the response's fields, by whomever they were set
   * @param hasCredentials whether the request brings some that the key does not tell
   */
  @Nullable String refusal(
      int status, ResponseHead head, Freshness freshness, boolean hasCredentials) {
    HttpOptions options = route.options();
    CacheControl control = freshness.control();
    if (!Statuses.mayBeStored(status, options)) {
      return "status-" + status;
    }
    if (control.has("no-store")
        && !(control.has("must-understand") && Statuses.isUnderstood(status))) {
      return "no-store";
    }
    if (control.has("private") && control.fieldNames("private").isEmpty()) {
      return "private";
    }
    if (hasCredentials
        && !control.has("public")
        && !control.has("must-revalidate")
        && !control.has("s-maxage")) {
      return "authorization";
    }
    if (!head.fields("Set-Cookie").isEmpty() && !options.storesSetCookie()) {
      return "set-cookie";
    }
    if (Vary.isAny(head.fields("Vary"))) {
      return "vary-any";
    }
    String type = head.contentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
      return "event-stream";
    }
    boolean byRule = options.ttl() != null && status >= Statuses.ERRORS;
    if (!freshness.explicit()
        && !byRule
        && !Statuses.isHeuristic(status)
        && !control.has("public")) {
      return "no-freshness";
    }
    return null;
  }

  /**
   * The names of what selects a response: those in its {@code Vary}, and the fields that its
   * handler has read without naming them there.
   *
   * @param read the header fields that the handler has read, in lower case
   */
  Set<String> selecting(ResponseHead head, Set<String> read) {
    Set<String> names = new TreeSet<>(Vary.names(head.fields("Vary")));
    names.removeIf(route.credentials()::hasField);
    for (String name : read) {
      if (name.equals(Selection.ALL) || route.matters(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * A field that was read and makes the response one for this request only; null if there is none.
   * A field that is not there makes it one for all requests without it.
   */
  @Nullable String personalField(ResponseHead head, Set<String> read, RequestView request) {
    List<String> named = Vary.names(head.fields("Vary"));
    for (String name : read.contains(Selection.ALL) ? request.fieldNames() : read) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (route.matters(lower)
          && !named.contains(lower)
          && !KnownFields.isNegotiating(lower)
          && !request.fields(lower).isEmpty()) {
        return lower;
      }
    }
    return null;
  }

  /** The fields that are kept for one connection or one user only (RFC 9111, 3.1). */
  static void removeUnstored(Fields fields, List<String> connection, CacheControl control) {
    for (String name : Vary.names(connection)) {
      fields.remove(name);
    }
    for (String name : control.fieldNames("private")) {
      fields.remove(name);
    }
    for (String name : control.fieldNames("no-cache")) {
      fields.remove(name);
    }
    for (String name : UNSTORED) {
      fields.remove(name);
    }
  }
}
