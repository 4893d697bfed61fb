package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.KeyedCache.Pending;
import io.github.rediscached.agent.log.AgentLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a handler whose response may be stored. The wrappers of request and response tell it
 * what the handler reads and writes, and ask it what goes to the client. It keeps a copy of the
 * body, at most as large as an entry may be, while the body itself passes by unhindered. Where
 * there is a stale response, what the handler says is held back until its first byte: it may say
 * that nothing has changed, or fail. One thread at a time, as containers see to.
 */
public final class Exchange implements HandlerRun {

  /** What becomes of the handler's answer. */
  public enum Way {
    /** Nothing was decided: it is held back. */
    HELD,
    /** It goes to the client. */
    PASSED,
    /** It does not: the client gets a stored response. */
    DISCARDED
  }

  private final Route route;
  private final RequestView request;
  private final String key;
  private final @Nullable String session;
  private final Pending pending;
  private final @Nullable StoredResponse stale;
  private final String told;
  private final boolean inBackground;
  private final StorePolicy policy;
  private final ResponseMaker maker;
  private final HandlerHead head;
  private final LongSupplier now;
  private final AgentLog log;
  private final boolean validates;
  private final int limit;
  private final Fields fields = new Fields();
  private final Set<String> read = new TreeSet<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private final AtomicBoolean ended = new AtomicBoolean();
  private Way way;
  private int status = 200;
  private boolean tells = true;
  private @Nullable String refusal;

  /**
   * @param key of the first response that is stored for the request
   * @param stale the response that the handler may confirm; null if there is none
   * @param told what {@code Cache-Status} says of why the handler runs
   * @param inBackground whether the client has its answer already
   * @param sink the response as filters have left it
   * @param now the clock of Redis, in milliseconds
   * @param limit the most bytes of a body that are kept
   */
  Exchange(
      Route route,
      RequestView request,
      String key,
      Pending pending,
      @Nullable StoredResponse stale,
      String told,
      boolean inBackground,
      ResponseSink sink,
      LongSupplier now,
      int limit,
      AgentLog log) {
    this.route = route;
    this.request = request;
    this.key = key;
    this.session = route.credentials().hasSession() ? request.session() : null;
    this.pending = pending;
    this.stale = stale;
    this.told = told;
    this.inBackground = inBackground;
    this.policy = new StorePolicy(route);
    this.maker = new ResponseMaker(route, request, now);
    this.head = new HandlerHead(sink, fields);
    this.now = now;
    this.limit = limit;
    this.log = log;
    this.validates = stale != null && stale.status() == 200 && hasValidator(stale);
    this.way = stale == null ? Way.PASSED : Way.HELD;
  }

  private static boolean hasValidator(StoredResponse stale) {
    return stale.ownTag() != null || stale.field("Last-Modified") != null;
  }

  /** The cookies that the handler sees; empty for all. */
  public List<String> keyedCookies() {
    return route.credentials().cookies();
  }

  /** The part of the query that the handler sees; null for all of it. */
  public @Nullable QueryFilter queryFilter() {
    return route.queryFilter();
  }

  /**
   * The lines of a request header field as the handler is to see them, in place of what the client
   * has sent; null for what the client has sent. The handler is asked whether the stale response is
   * still good.
   *
   * @param name in lower case
   */
  public @Nullable List<String> instead(String name) {
    StoredResponse present = stale;
    if (!validates || present == null) {
      return null;
    }
    String tag = present.ownTag();
    return switch (name) {
      case "if-none-match" -> tag == null ? null : tagsWith(tag);
      case "if-modified-since" -> {
        String modified = present.field("Last-Modified");
        yield modified == null ? null : List.of(modified);
      }
      // A part of the answer could not take the place of what is stored.
      case "range", "if-range" -> List.of();
      default -> null;
    };
  }

  private List<String> tagsWith(String tag) {
    List<String> asked = request.fields("If-None-Match");
    if (asked.isEmpty() || asked.contains("*")) {
      return List.of(tag);
    }
    String all = String.join(", ", asked);
    return List.of(EntityTags.matches(asked, tag) ? all : all + ", " + tag);
  }

  /** The names that {@link #instead} adds to those that the client has sent. */
  public List<String> added() {
    StoredResponse present = stale;
    if (!validates || present == null) {
      return List.of();
    }
    return present.ownTag() == null
        ? List.of("If-Modified-Since")
        : present.field("Last-Modified") == null
            ? List.of("If-None-Match")
            : List.of("If-None-Match", "If-Modified-Since");
  }

  /** Whether the client has its answer already, and the handler runs for the next ones. */
  public boolean isInBackground() {
    return inBackground;
  }

  /** As {@code getDateHeader} gives it: milliseconds since 1970, or -1. */
  public long dateIn(String value) {
    long date = HttpDate.parse(value);
    return date == HttpDate.NONE ? -1 : date;
  }

  /** A date as header fields have it. */
  public String dateOf(long millis) {
    return HttpDate.format(millis);
  }

  /** The handler has looked at a header field of the request. */
  public void hasRead(String name) {
    read.add(name.toLowerCase(Locale.ROOT));
  }

  /** The handler has asked for the names of all header fields. */
  public void hasReadAll() {
    read.add(Selection.ALL);
  }

  /**
   * The handler has looked at a session.
   *
   * @param id of the session
   */
  public void hasReadSession(String id) {
    // One that was made meanwhile is not the one in the key.
    if (!id.equals(session)) {
      refuse("session");
    }
  }

  /** The handler has looked at the user. */
  public void hasReadPrincipal() {
    if (!route.credentials().hasPrincipal() && !route.credentials().hasSession()) {
      refuse("principal");
    }
  }

  /**
   * The response is not to be stored.
   *
   * @param reason a word
   */
  public void refuse(String reason) {
    if (refusal == null) {
      refusal = reason;
      body.reset();
    }
  }

  /** The fields that the handler has set. */
  public Fields fields() {
    return fields;
  }

  /** The status that the handler has set; while the way is held, only this knows it. */
  public int status() {
    return status;
  }

  public void status(int set) {
    status = set;
  }

  /** What becomes of what the handler has said so far. */
  public Way way() {
    return way;
  }

  /** The handler's answer begins: decides what becomes of it, and never changes that. */
  public Way begin() {
    if (way == Way.HELD) {
      boolean unchanged = validates && status == Statuses.NOT_MODIFIED && isConfirmed();
      way = inBackground || unchanged || canServeStale(status) ? Way.DISCARDED : Way.PASSED;
    }
    return way;
  }

  /** Whether a 304 is about the stale response, and not only about what the client has. */
  private boolean isConfirmed() {
    String tag = fields.first("ETag");
    String own = stale == null ? null : stale.ownTag();
    return tag == null || own == null || EntityTags.matches(List.of(tag), own);
  }

  private boolean canServeStale(int failure) {
    StoredResponse present = stale;
    return present != null
        && failure >= Statuses.SERVER_ERRORS
        && present.isWithin(present.terms().onErrorMillis(), now.getAsLong());
  }

  /** The first byte is about to go to the client: the last moment to add to the head. */
  public void beforeFirstByte(ResponseSink sink) {
    if (tells && route.options().cacheStatus() && !sink.isCommitted()) {
      tells = false;
      sink.add("Cache-Status", CacheStatus.forwarded(told, 0, false, false, reason(head, status)));
    }
  }

  /** The handler has taken back what it has written. */
  public void restart(boolean headToo) {
    body.reset();
    if (headToo) {
      fields.clear();
      status = 200;
      tells = true;
    }
  }

  /** A part of the body. */
  public void copy(byte[] bytes, int from, int length) {
    if (refusal == null && (way == Way.PASSED || inBackground)) {
      if (body.size() + length > limit) {
        refuse("too-large");
      } else {
        body.write(bytes, from, length);
      }
    }
  }

  private @Nullable String reason(ResponseSink said, int itsStatus) {
    String personal = personalReason(said);
    return personal != null
        ? personal
        : policy.refusal(itsStatus, said, maker.freshness(said, itsStatus), isAuthorized());
  }

  /** Why nothing of this run may be stored, whatever the response says; null if it may be. */
  private @Nullable String personalReason(ResponseSink said) {
    if (refusal != null) {
      return refusal;
    }
    String field = policy.personalField(said, read, request);
    return field == null ? null : "header-" + field;
  }

  private boolean isAuthorized() {
    return route.credentials().isAuthorized(request);
  }

  @Override
  public boolean end(ResponseSink sink, boolean failed) {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    try {
      return failed ? endFailed(sink) : endWell(sink);
    } catch (Throwable e) {
      log.warnOnce(
          "http " + route.options().path(),
          "`http` " + route.options().path() + ": a response is not stored: " + e);
      return false;
    } finally {
      pending.drop(failed);
    }
  }

  private boolean endFailed(ResponseSink sink) throws IOException {
    StoredResponse present = stale;
    if (inBackground
        || present == null
        || way != Way.HELD
        || sink.isCommitted()
        || !canServeStale(Statuses.SERVER_ERRORS)) {
      return false;
    }
    serveStale(present, sink, 0);
    return true;
  }

  private void serveStale(StoredResponse present, ResponseSink sink, int failure)
      throws IOException {
    way = Way.DISCARDED;
    route.cache().stats().servedStale();
    write(present, sink, CacheStatus.forwarded("stale", failure, false, false, "stale-if-error"));
  }

  private boolean endWell(ResponseSink sink) throws IOException {
    StoredResponse present = stale;
    if (present == null || begin() == Way.PASSED) {
      beforeFirstByte(sink);
      storeOrCount(head, sink.status(), body.toByteArray());
      return false;
    }
    if (status == Statuses.NOT_MODIFIED && validates) {
      StoredResponse confirmed = maker.confirmed(present, fields);
      if (personalReason(new RecordedHead(fields, status, present)) == null
          && confirmed.freshMillis() + confirmed.staleMillis() > 0) {
        pending.store(confirmed);
      }
      if (!inBackground) {
        write(
            confirmed,
            sink,
            CacheStatus.forwarded("stale", Statuses.NOT_MODIFIED, true, false, null));
      }
    } else if (inBackground) {
      storeOrCount(new RecordedHead(fields, status, present), status, body.toByteArray());
    } else {
      pending.drop(true);
      serveStale(present, sink, status);
    }
    return true;
  }

  private void write(StoredResponse response, ResponseSink sink, String cacheStatus)
      throws IOException {
    Answer.write(
        response,
        request,
        sink,
        now.getAsLong(),
        route.options().cacheStatus() ? cacheStatus : null);
  }

  private void storeOrCount(ResponseSink said, int finalStatus, byte[] bytes) {
    String reason = reason(said, finalStatus);
    if (reason == null) {
      reason = lengthProblem(said, bytes);
    }
    StoredResponse stored =
        reason != null
            ? null
            : maker.made(said, finalStatus, fields, bytes, policy.selecting(said, read));
    if (stored == null || stored.freshMillis() + stored.staleMillis() <= 0) {
      route.cache().stats().refused(reason == null ? "not-fresh" : reason);
      if (finalStatus != Statuses.NOT_MODIFIED && finalStatus != Statuses.PARTIAL) {
        route.refused().add(key, now.getAsLong());
      }
    } else {
      route.refused().remove(key);
      pending.store(stored);
    }
  }

  /** Whether the handler has written less or more than it has announced. */
  private static @Nullable String lengthProblem(ResponseSink head, byte[] bytes) {
    List<String> announced = head.fields("Content-Length");
    return announced.size() == 1 && !announced.get(0).strip().equals(Integer.toString(bytes.length))
        ? "length"
        : null;
  }
}
