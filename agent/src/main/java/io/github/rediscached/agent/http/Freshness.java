package io.github.rediscached.agent.http;

import io.github.rediscached.agent.http.StoredResponse.Terms;
import io.github.rediscached.agent.plan.HttpOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a response is fresh (RFC 9111, 4.2), by its targeted field (RFC 9213), its {@code
 * Cache-Control}, its {@code Expires}, or else the rule.
 *
 * @param control the directives that count for this cache
 * @param ageMillis how old it is already
 * @param lifetimeMillis up to which age it is fresh
 * @param explicit whether the response itself says so
 */
record Freshness(CacheControl control, long ageMillis, long lifetimeMillis, boolean explicit) {

  /** The field for caches such as this one, which stand before one application. */
  private static final String TARGETED = "CDN-Cache-Control";

  /** A tenth of the time since the last change, as RFC 9111, 4.2.2 suggests. */
  private static final int HEURISTIC_PART = 10;

  /**
   * @param head the response's fields, by whomever they were set
   * @param heuristic whether a response that says nothing may be fresh by its {@code Last-Modified}
   * @param nowMillis by this machine's clock, as its {@code Date} is
   */
  static Freshness of(
      ResponseHead head, HttpOptions options, int status, boolean heuristic, long nowMillis) {
    CacheControl targeted = CacheControl.parseTargeted(head.fields(TARGETED));
    boolean isTargeted = targeted != null && !targeted.isEmpty();
    CacheControl control = targeted != null && isTargeted ? targeted : untargeted(head);
    long date = HttpDate.parse(only(head.fields("Date")));
    long age = ageMillis(head, date, nowMillis);
    long explicit = explicitMillis(head, control, isTargeted, date, nowMillis);
    if (explicit >= 0) {
      return new Freshness(control, age, explicit, true);
    }
    Duration ttl = options.ttl();
    if (ttl != null) {
      return new Freshness(control, age, ttl.toMillis(), false);
    }
    long modified = HttpDate.parse(only(head.fields("Last-Modified")));
    long since = (date == HttpDate.NONE ? nowMillis : date) - modified;
    boolean guess =
        heuristic
            && modified != HttpDate.NONE
            && since > 0
            && (Statuses.isHeuristic(status) || control.has("public"));
    return new Freshness(control, age, guess ? since / HEURISTIC_PART : 0, false);
  }

  private static CacheControl untargeted(ResponseHead head) {
    List<String> lines = head.fields("Cache-Control");
    return lines.isEmpty() ? CacheControl.NONE : CacheControl.parse(lines);
  }

  private static long explicitMillis(
      ResponseHead head, CacheControl control, boolean targeted, long date, long nowMillis) {
    long seconds = control.seconds("s-maxage");
    if (seconds < 0 || targeted) {
      seconds = control.seconds("max-age");
    }
    if (seconds >= 0) {
      return seconds * 1_000;
    }
    List<String> expires = head.fields("Expires");
    if (expires.isEmpty() || targeted) {
      return -1;
    }
    long at = HttpDate.parse(only(expires));
    return at == HttpDate.NONE ? 0 : Math.max(0, at - (date == HttpDate.NONE ? nowMillis : date));
  }

  /** The corrected initial age of RFC 9111, 4.2.3. */
  private static long ageMillis(ResponseHead head, long date, long nowMillis) {
    long apparent = date == HttpDate.NONE ? 0 : Math.max(0, nowMillis - date);
    return Math.max(apparent, Age.millis(head.fields("Age")));
  }

  private static @Nullable String only(List<String> lines) {
    return lines.size() == 1 ? lines.get(0) : null;
  }

  /** What stands in the stored response. */
  Terms terms(HttpOptions options, boolean madeTag) {
    boolean revalidate =
        control.has("must-revalidate")
            || control.has("proxy-revalidate")
            || control.has("no-cache")
            || (control.has("s-maxage") && explicit);
    return new Terms(
        revalidate,
        control.has("public") || control.has("must-revalidate") || control.has("s-maxage"),
        grace(control.seconds("stale-while-revalidate"), options.staleWhileRevalidate()),
        grace(control.seconds("stale-if-error"), options.staleOnError()),
        madeTag);
  }

  private static long grace(long seconds, @Nullable Duration rule) {
    return rule != null ? rule.toMillis() : Math.max(0, seconds) * 1_000;
  }

  /** Until which age it may be given without asking the handler. */
  long servedMillis() {
    return control.has("no-cache") ? 0 : lifetimeMillis;
  }
}
