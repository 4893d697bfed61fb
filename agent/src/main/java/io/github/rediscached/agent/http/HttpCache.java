package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.CallContext;
import io.github.rediscached.agent.call.KeyedCache.Answer.Another;
import io.github.rediscached.agent.call.KeyedCache.Answer.Bypass;
import io.github.rediscached.agent.call.KeyedCache.Answer.Hit;
import io.github.rediscached.agent.call.KeyedCache.Answer.Miss;
import io.github.rediscached.agent.call.KeyedCache.Pending;
import io.github.rediscached.agent.log.AgentLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cache of whole responses: a shared cache (RFC 9111) whose origin is the application itself.
 * What stands before a handler asks it with each request; it answers from what is stored, or says
 * how the handler is to run. Thread-safe.
 */
public final class HttpCache {

  /** Of {@link #begin}: the client has its answer, the handler is not to run. */
  public static final Object ANSWERED = new Object();

  /** How many responses may be looked at that are for requests with other header fields. */
  private static final int MAX_STEPS = 4;

  private final Routes routes;
  private final CallContext calls;
  private final AgentLog log;
  private final int limit;

  HttpCache(Routes routes, CallContext calls, AgentLog log) {
    this.routes = routes;
    this.calls = calls;
    this.log = log;
    this.limit = (int) Math.min(Integer.MAX_VALUE - 8, calls.maxValueBytes());
  }

  /** The rule for a path; null if there is none. */
  public @Nullable Route route(String path) {
    return routes.of(path);
  }

  /**
   * A request has come to a handler.
   *
   * @return {@link #ANSWERED}; or a {@link HandlerRun} to follow, whose wrappers the handler is to
   *     see where it is an {@link Exchange}; or null: the handler runs unobserved
   * @throws IOException of the client's connection, while an answer was written
   */
  public @Nullable Object begin(Route route, RequestView request, ResponseSink sink)
      throws IOException {
    String method = request.method();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return isUnsafe(method)
          ? new UnsafeRequest(route, request, calls.invalidations(), log)
          : null;
    }
    String refusal = route.credentials().refusal(request);
    RequestDirectives directives =
        RequestDirectives.of(request, route.options().requestDirectives());
    if (refusal == null && directives.noStore()) {
      refusal = "no-store";
    }
    if (refusal == null && hasBody(request)) {
      refusal = "body";
    }
    if (refusal == null && wantsUpgrade(request)) {
      refusal = "upgrade";
    }
    if (refusal != null) {
      return bypass(route, sink, "request", refusal);
    }
    return new Lookup(route, request, sink, directives).begin();
  }

  /** The handler may answer by what is in it, and only the handler may read it. */
  private static boolean hasBody(RequestView request) {
    List<String> length = request.fields("Content-Length");
    return !request.fields("Transfer-Encoding").isEmpty()
        || (!length.isEmpty() && !length.get(0).strip().equals("0"));
  }

  /**
   * To HTTP/2 is the container's business: it has not followed, or another request would be here.
   */
  private static boolean wantsUpgrade(RequestView request) {
    for (String line : request.fields("Upgrade")) {
      if (!line.strip().equalsIgnoreCase("h2c")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnsafe(String method) {
    return !method.equals("OPTIONS") && !method.equals("TRACE");
  }

  private @Nullable Object bypass(
      Route route, ResponseSink sink, String reason, @Nullable String detail) {
    route.cache().stats().bypass();
    tell(route, sink, CacheStatus.forwarded(reason, 0, false, false, detail));
    return null;
  }

  private static void tell(Route route, ResponseSink sink, String cacheStatus) {
    if (route.options().cacheStatus()) {
      sink.add("Cache-Status", cacheStatus);
    }
  }

  /** The look-up for one request. */
  private final class Lookup {

    private final Route route;
    private final RequestView request;
    private final ResponseSink sink;
    private final RequestDirectives directives;
    private final String first;
    private final Selection selection;
    private final ResponseJudge judge;
    private final long nowMillis;

    Lookup(Route route, RequestView request, ResponseSink sink, RequestDirectives directives) {
      this.route = route;
      this.request = request;
      this.sink = sink;
      this.directives = directives;
      this.first = route.key(request);
      this.selection = new Selection(request, route);
      this.nowMillis = calls.nowMillis();
      this.judge =
          new ResponseJudge(
              selection,
              directives,
              route.credentials().isAuthorized(request),
              nowMillis,
              () -> !route.refused().has(first, calls.nowMillis()));
    }

    /** From the first response for a URI to the one that its selecting fields lead to. */
    @Nullable Object begin() throws IOException {
      String key = first;
      for (int i = 0; i < MAX_STEPS; i++) {
        Object answer = route.cache().look(route.call(key, request), judge);
        if (answer instanceof Hit hit) {
          return answered((StoredResponse) hit.value());
        } else if (answer instanceof Miss miss) {
          return missed(miss, i > 0);
        } else if (answer instanceof Bypass) {
          tell(route, sink, CacheStatus.forwarded("bypass", 0, false, false, null));
          return null;
        } else {
          String next = keyOf((StoredResponse) ((Another) answer).value());
          if (next.equals(key)) {
            break;
          }
          key = next;
        }
      }
      return bypass(route, sink, "vary-miss", null);
    }

    /** Where the response for this request is, if another one has these selecting fields. */
    private String keyOf(StoredResponse other) {
      StringBuilder selected = new StringBuilder();
      for (int i = 0; i < other.selecting().length; i += 2) {
        String name = String.valueOf(other.selecting()[i]);
        String value = selection.value(name);
        selected.append('\n').append(name);
        if (value != null) {
          selected.append('=').append(value.length()).append(':').append(value);
        }
      }
      return first + "\nselected=" + Digest.of(selected.toString());
    }

    private Object answered(StoredResponse response) throws IOException {
      Answer.write(
          response,
          request,
          sink,
          nowMillis,
          route.options().cacheStatus()
              ? CacheStatus.hit(Math.floorDiv(response.leftMillis(nowMillis), 1_000L))
              : null);
      return ANSWERED;
    }

    private @Nullable Object missed(Miss miss, boolean selected) throws IOException {
      Pending pending = miss.pending();
      StoredResponse stale =
          miss.stale() instanceof StoredResponse found && judge.isFor(found) ? found : null;
      boolean passes = false;
      try {
        if (directives.onlyIfCached() && (stale == null || !judge.servesStale(stale))) {
          sink.status(504);
          tell(route, sink, CacheStatus.forwarded("request", 0, false, false, "only-if-cached"));
          return ANSWERED;
        }
        boolean isGet = request.method().equals("GET");
        if (stale != null && judge.servesStale(stale)) {
          Map<String, List<String>> before = HandlerHead.before(sink);
          Object answered = answered(stale);
          if (!isGet || !pending.isLeased() || !judge.isServedWhileMadeAnew(stale)) {
            return answered;
          }
          sink.close();
          passes = true;
          return exchange(pending, stale, "stale", before, true);
        }
        String told = stale != null ? "stale" : selected ? "vary-miss" : "uri-miss";
        if (!isGet || !pending.isLeased()) {
          tell(route, sink, CacheStatus.forwarded(told, 0, false, false, null));
          return null;
        }
        passes = true;
        return exchange(pending, stale, told, HandlerHead.before(sink), false);
      } finally {
        if (!passes) {
          pending.drop(false);
        }
      }
    }

    private Exchange exchange(
        Pending pending,
        @Nullable StoredResponse stale,
        String told,
        Map<String, List<String>> before,
        boolean inBackground) {
      return new Exchange(
          route,
          request,
          first,
          pending,
          stale,
          told,
          inBackground,
          before,
          sink,
          calls::nowMillis,
          limit,
          log);
    }
  }
}
