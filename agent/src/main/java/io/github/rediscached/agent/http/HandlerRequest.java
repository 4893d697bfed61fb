package io.github.rediscached.agent.http;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request of a recorded handler: what the handler is to see of it in place of what the client
 * has sent, and what the handler has looked at. Wrappers of requests ask and tell it. One thread at
 * a time.
 */
public final class HandlerRequest {

  private final Route route;
  private final RequestView request;
  private final @Nullable Revalidation revalidation;
  private final HandlerReads reads;

  /** Of the session that is in the key. */
  private final @Nullable String session;

  HandlerRequest(
      Route route, RequestView request, @Nullable Revalidation revalidation, HandlerReads reads) {
    this.route = route;
    this.request = request;
    this.revalidation = revalidation;
    this.reads = reads;
    this.session = route.credentials().hasSession() ? request.session() : null;
  }

  /** The cookies that the handler sees; empty for all. */
  public List<String> keyedCookies() {
    return route.credentials().cookies();
  }

  /** The part of the query that the handler sees; null for all of it. */
  public @Nullable QueryFilter queryFilter() {
    return route.queryFilter();
  }

  /** How many values of a parameter the client has sent that the handler does not see. */
  public int hidden(String name) {
    QueryFilter filter = route.queryFilter();
    String query = request.query();
    if (filter == null || query == null || filter.shows(name)) {
      return 0;
    }
    int hidden = 0;
    for (String[] parameter : QueryFilter.parameters(query)) {
      hidden += name.equals(parameter[0]) ? 1 : 0;
    }
    return hidden;
  }

  /**
   * The lines of a request header field as the handler is to see them, in place of what the client
   * has sent; null for what the client has sent.
   *
   * @param name in lower case
   */
  public @Nullable List<String> instead(String name) {
    return revalidation == null ? null : revalidation.instead(name);
  }

  /** The names that {@link #instead} adds to those that the client has sent. */
  public List<String> added() {
    return revalidation == null ? List.of() : revalidation.added();
  }

  /** The handler has looked at a header field of the request. */
  public void hasRead(String name) {
    reads.field(name);
    if (KnownFields.isTracing(name.toLowerCase(Locale.ROOT))) {
      for (String line : request.fields(name)) {
        reads.value(line);
      }
    }
  }

  /** The handler has asked for the names of all header fields. */
  public void hasReadAll() {
    reads.allFields();
  }

  /** The handler has looked at something of the client that only counts if it is in the answer. */
  public void hasReadValue(@Nullable String value) {
    reads.value(value);
  }

  /**
   * The handler has looked at a session.
   *
   * @param id of the session
   */
  public void hasReadSession(String id) {
    // One that was made meanwhile is not the one in the key.
    if (!id.equals(session)) {
      reads.personal("session");
    }
  }

  /** The handler has looked at the user. */
  public void hasReadPrincipal() {
    if (!route.credentials().hasPrincipal() && !route.credentials().hasSession()) {
      reads.personal("principal");
    }
  }

  /**
   * The handler has read an attribute that a filter has set, which may be the user.
   *
   * @param isToken whether it is a token in the page of one user, whatever the key is
   */
  public void hasReadAttribute(boolean isToken) {
    boolean mayBeUser = !route.credentials().hasKey() && !route.options().storesAttributes();
    if (isToken || mayBeUser) {
      reads.personal(isToken ? "csrf-token" : "attribute");
    }
  }

  /** As {@code getDateHeader} gives it: milliseconds since 1970, or -1. */
  public long dateIn(String value) {
    long date = HttpDate.parse(value);
    return date == HttpDate.NONE ? -1 : date;
  }
}
