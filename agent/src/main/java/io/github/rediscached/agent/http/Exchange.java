package io.github.rediscached.agent.http;

import io.github.rediscached.agent.call.KeyedCache.Pending;
import io.github.rediscached.agent.log.AgentLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
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

  /** More than this a container sends at once, unless it is told to keep more. */
  private static final int BUFFER = 1 << 16;

  private final Route route;
  private final RequestView request;
  private final String key;
  private final Pending pending;
  private final @Nullable StoredResponse stale;
  private final String told;
  private final boolean inBackground;
  private final StorePolicy policy;
  private final ResponseMaker maker;
  private final HandlerHead head;
  private final LongSupplier now;
  private final AgentLog log;
  private final @Nullable Revalidation revalidation;
  private final int limit;
  private final Fields fields = new Fields();
  private final HandlerReads reads = new HandlerReads();
  private final HandlerRequest handlerRequest;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private final AtomicBoolean ended = new AtomicBoolean();
  private Way way;
  private int status = 200;
  private boolean tells = true;
  private boolean isFinal;
  private @Nullable String refusal;
  private @Nullable String textCharset;

  /**
   * @param key of the first response that is stored for the request
   * @param stale the response that the handler may confirm; null if there is none
   * @param told what {@code Cache-Status} says of why the handler runs
   * @param inBackground whether the client has its answer already
   * @param before the fields by which it is decided, as filters have left them
   * @param sink the way to the client
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
      Map<String, List<String>> before,
      ResponseSink sink,
      LongSupplier now,
      int limit,
      AgentLog log) {
    this.route = route;
    this.request = request;
    this.key = key;
    this.pending = pending;
    this.stale = stale;
    this.told = told;
    this.inBackground = inBackground;
    this.policy = new StorePolicy(route);
    this.maker = new ResponseMaker(route, request, now);
    this.head = new HandlerHead(before, fields, inBackground ? null : sink, stale);
    this.now = now;
    this.limit = limit;
    this.log = log;
    this.revalidation = Revalidation.of(stale);
    this.handlerRequest = new HandlerRequest(route, request, revalidation, reads);
    this.way = stale == null ? Way.PASSED : Way.HELD;
  }

  /** The request, as the handler sees it. */
  public HandlerRequest handlerRequest() {
    return handlerRequest;
  }

  /** Whether the client has its answer already, and the handler runs for the next ones. */
  public boolean isInBackground() {
    return inBackground;
  }

  /** A date as header fields have it. */
  public String dateOf(long millis) {
    return HttpDate.format(millis);
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
      if (way == Way.PASSED) {
        giveUp();
      }
    }
  }

  /** Nothing will be stored: calls that wait for it need not wait until the handler has ended. */
  private void giveUp() {
    rememberRefused(status);
    pending.drop(false);
  }

  /** A part, or word that nothing has changed, says nothing of the next response. */
  private void rememberRefused(int itsStatus) {
    if (itsStatus != Statuses.NOT_MODIFIED && itsStatus != Statuses.PARTIAL) {
      route.refused().add(key, now.getAsLong());
    }
  }

  /** The handler writes text, so that hits are written as text, too: filters may want that. */
  public void writesText(String charset) {
    textCharset = charset;
  }

  /** The handler has named a character set beside the content type. */
  public void charset(@Nullable String charset) {
    head.charset(charset);
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
      boolean unchanged = revalidation != null && status == Statuses.NOT_MODIFIED;
      way = inBackground || unchanged || canServeStale(status) ? Way.DISCARDED : Way.PASSED;
    }
    return way;
  }

  private boolean canServeStale(int failure) {
    StoredResponse present = stale;
    return present != null
        && failure >= Statuses.SERVER_ERRORS
        && present.isWithin(present.terms().onErrorMillis(), now.getAsLong());
  }

  /** The first byte is about to go to the client: the last moment to add to the head. */
  public void beforeFirstByte(ResponseSink sink) {
    if (!tells) {
      return;
    }
    tells = false;
    if (route.options().cacheStatus() && !sink.isCommitted()) {
      sink.add("Cache-Status", CacheStatus.forwarded(told, 0, false, false, reason(head, status)));
    }
  }

  /** The head is final: where it can't be stored, other requests need not wait for a long body. */
  public void committed() {
    String reason = isFinal ? null : reason(head, status);
    isFinal = true;
    if (reason != null) {
      refuse(reason);
    }
  }

  /** The handler has taken back what it has written. */
  public void restart(boolean headToo) {
    body.reset();
    if (headToo) {
      fields.clear();
      textCharset = null;
      head.charset(null);
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
        if (body.size() > BUFFER) {
          committed();
        }
      }
    }
  }

  private @Nullable String reason(ResponseHead said, int itsStatus) {
    String personal = personalReason(said);
    return personal != null
        ? personal
        : policy.refusal(itsStatus, said, maker.freshness(said, itsStatus), isAuthorized());
  }

  /** Why nothing of this run may be stored, whatever the response says; null if it may be. */
  private @Nullable String personalReason(ResponseHead said) {
    String known = refusal != null ? refusal : reads.personal();
    if (known != null) {
      return known;
    }
    String field = policy.personalField(said, reads.fields(), request);
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
    if (inBackground) {
      log.warnOnce(
          "http background " + route.options().path(),
          "`http` "
              + route.options().path()
              + ": a handler has failed that was to make a stale response anew. The stale one is"
              + " given as long as it may be; then the failure reaches the client.");
      return true;
    }
    if (present == null
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
    if (status == Statuses.NOT_MODIFIED && revalidation != null) {
      StoredResponse confirmed = maker.confirmed(present, fields);
      if (personalReason(HandlerHead.of(fields, present)) == null
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
      storeOrCount(head, status, body.toByteArray());
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

  private void storeOrCount(ResponseHead said, int finalStatus, byte[] bytes) {
    String reason = reason(said, finalStatus);
    if (reason == null) {
      reason = lengthProblem(said, bytes);
    }
    if (reason == null && reads.isReflected(fields, bytes)) {
      reason = "reflected";
    }
    StoredResponse stored =
        reason != null
            ? null
            : maker.made(
                said,
                finalStatus,
                fields,
                bytes,
                textCharset,
                policy.selecting(said, reads.fields()));
    if (stored == null || stored.freshMillis() + stored.staleMillis() <= 0) {
      route.cache().stats().refused(reason == null ? "not-fresh" : reason);
      rememberRefused(finalStatus);
    } else {
      route.refused().remove(key);
      pending.store(stored);
    }
  }

  /** Whether the handler has written less or more than it has announced. */
  private static @Nullable String lengthProblem(ResponseHead head, byte[] bytes) {
    List<String> announced = head.fields("Content-Length");
    return announced.size() == 1 && !announced.get(0).strip().equals(Integer.toString(bytes.length))
        ? "length"
        : null;
  }
}
