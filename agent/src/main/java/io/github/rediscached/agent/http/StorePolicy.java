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

  private final Route route;

  StorePolicy(Route route) {
    this.route = route;
  }

  /**
   * Why a response is not stored, in a word; null if it may be, as far as its head tells.
   *
   * @param head the response's fields, by whomever they were set
   * @param freshness null if it is not known yet
   */
  @Nullable String refusal(
      int status, ResponseSink head, Freshness freshness, boolean hasCredentials) {
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
    if (!freshness.explicit() && !Statuses.isHeuristic(status) && !control.has("public")) {
      return "no-freshness";
    }
    return null;
  }

  /**
   * The names of what selects a response: those in its {@code Vary}, and the fields that its
   * handler has read without naming them there.
   *
   * @param read the header fields that the handler has read, in lower case
   * @return null if one of them is personal
   */
  @Nullable Set<String> selecting(ResponseSink head, Set<String> read, RequestView request) {
    Set<String> names = new TreeSet<>(Vary.names(head.fields("Vary")));
    names.removeIf(route.credentials()::hasField);
    for (String name : read) {
      if (matters(name)) {
        if (isPersonal(name, request)) {
          return null;
        }
        names.add(name);
      }
    }
    return names;
  }

  /**
   * A field that was read and makes the response one for this request only; null if there is none.
   */
  @Nullable String personalField(Set<String> read, RequestView request) {
    for (String name : read) {
      if (matters(name) && isPersonal(name, request)) {
        return name;
      }
    }
    return null;
  }

  private boolean matters(String name) {
    return !KnownFields.isNeutral(name)
        && !route.ignores(name)
        && !route.credentials().hasField(name)
        && !(name.equals("cookie") && route.credentials().hasCookies());
  }

  /** A field that is not there makes a response one for all requests without it. */
  private boolean isPersonal(String name, RequestView request) {
    if (name.equals(Selection.ALL)) {
      return personalPresent(request);
    }
    return !KnownFields.isNegotiating(name) && !request.fields(name).isEmpty();
  }

  private boolean personalPresent(RequestView request) {
    for (String name : request.fieldNames()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (matters(lower) && !KnownFields.isNegotiating(lower)) {
        return true;
      }
    }
    return false;
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
}
