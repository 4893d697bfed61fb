package io.github.rediscached.agent.http;

import java.util.List;

/**
 * What a request says of the age of the responses that it takes (RFC 9111, 5.2.1), where the rule
 * lets it.
 *
 * @param noStore whether its response may not be stored
 * @param revalidate whether the handler has to be asked in any case
 * @param onlyIfCached whether the handler may not be asked
 * @param maxAgeMillis how old a response may be; negative for as old as may be
 * @param minFreshMillis how long it has to be fresh still
 * @param maxStaleMillis how long it may be stale; 0 for not at all
 */
record RequestDirectives(
    boolean noStore,
    boolean revalidate,
    boolean onlyIfCached,
    long maxAgeMillis,
    long minFreshMillis,
    long maxStaleMillis) {

  private static final RequestDirectives NONE =
      new RequestDirectives(false, false, false, -1, 0, 0);

  static RequestDirectives of(RequestView request, boolean honoured) {
    if (!honoured) {
      return NONE;
    }
    List<String> lines = request.fields("Cache-Control");
    if (lines.isEmpty()) {
      return request.fields("Pragma").isEmpty() ? NONE : ofPragma(request);
    }
    CacheControl control = CacheControl.parse(lines);
    // Without an argument it means any age; a cache need not give a stale response.
    long maxStale = Math.max(0, control.seconds("max-stale")) * 1_000;
    long maxAge = control.seconds("max-age");
    return new RequestDirectives(
        control.has("no-store"),
        control.has("no-cache"),
        control.has("only-if-cached"),
        maxAge < 0 ? -1 : maxAge * 1_000,
        Math.max(0, control.seconds("min-fresh")) * 1_000,
        maxStale);
  }

  private static RequestDirectives ofPragma(RequestView request) {
    return CacheControl.parse(request.fields("Pragma")).has("no-cache")
        ? new RequestDirectives(false, true, false, -1, 0, 0)
        : NONE;
  }

  /** Whether a fresh response is new enough. */
  boolean take(StoredResponse response, long nowMillis) {
    return !revalidate
        && (maxAgeMillis < 0 || response.ageMillis(nowMillis) <= maxAgeMillis)
        && response.leftMillis(nowMillis) >= minFreshMillis;
  }

  /** Whether a stale response is new enough. */
  boolean takeStale(StoredResponse response, long nowMillis) {
    return !revalidate
        && maxAgeMillis < 0
        && minFreshMillis == 0
        && response.isWithin(maxStaleMillis, nowMillis);
  }
}
