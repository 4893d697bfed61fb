package io.github.rediscached.agent.http;

import io.github.rediscached.agent.http.StoredResponse.Terms;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes the response to be stored of what a handler has said. An {@link Exchange} has one. */
final class ResponseMaker {

  /** So long is kept at least what a handler can confirm. */
  private static final long MIN_CONFIRMED_MILLIS = 600_000;

  /** So long is kept what requests with {@code max-stale} may take. */
  private static final long MIN_STALE_MILLIS = 10_000;

  private final Route route;
  private final RequestView request;
  private final LongSupplier now;

  /**
   * @param now the clock of Redis, in milliseconds
   */
  ResponseMaker(Route route, RequestView request, LongSupplier now) {
    this.route = route;
    this.request = request;
    this.now = now;
  }

  Freshness freshness(ResponseHead head, int status) {
    return Freshness.of(
        head,
        route.options(),
        status,
        route.options().storesHeuristically(),
        System.currentTimeMillis());
  }

  /**
   * A response to be stored.
   *
   * @param head the response's fields, by whomever they were set
   * @param own those that the handler has set
   * @param charset null if the body was written as bytes
   * @param selecting the names of what has selected it
   */
  StoredResponse made(
      ResponseHead head,
      int finalStatus,
      Fields own,
      byte[] bytes,
      @Nullable String charset,
      Set<String> selecting) {
    Freshness freshness = freshness(head, finalStatus);
    Fields kept = Fields.of(own.lines(), own.replacing());
    String type = head.contentType();
    if (type != null) {
      kept.set("Content-Type", type);
    }
    for (String name : List.of("Content-Language", "Location")) {
      List<String> set = head.fields(name);
      if (!kept.has(name) && set.size() == 1) {
        kept.set(name, set.get(0));
      }
    }
    StorePolicy.removeUnstored(kept, head.fields("Connection"), freshness.control());
    boolean madeTag = finalStatus == 200 && !kept.has("ETag") && head.fields("ETag").isEmpty();
    if (madeTag) {
      kept.set("ETag", EntityTags.weak(bytes));
    }
    return stored(
        finalStatus,
        kept,
        bytes,
        charset,
        new Selection(request, route).of(List.copyOf(selecting)),
        freshness,
        freshness.terms(route.options(), madeTag));
  }

  private StoredResponse stored(
      int itsStatus,
      Fields kept,
      byte[] bytes,
      @Nullable String charset,
      @Nullable String[] selecting,
      Freshness freshness,
      Terms terms) {
    long longest = Route.LONGEST.toMillis();
    long lifetime = Math.min(longest, freshness.servedMillis());
    long fresh = Math.max(0, lifetime - freshness.ageMillis());
    boolean canBeConfirmed =
        itsStatus == 200 && ((!terms.madeTag() && kept.has("ETag")) || kept.has("Last-Modified"));
    long grace = Math.max(terms.whileRevalidateMillis(), terms.onErrorMillis());
    // What a handler can confirm in less time than it makes it is worth keeping as long again.
    long stale = Math.max(grace, canBeConfirmed ? Math.max(MIN_CONFIRMED_MILLIS, lifetime) : 0);
    if (!terms.revalidate() && fresh + stale > 0) {
      stale = Math.max(stale, MIN_STALE_MILLIS);
    }
    long born = now.getAsLong() - freshness.ageMillis();
    if (!kept.has("Date")) {
      // Else the container would add the present time, which contradicts the age.
      kept.set("Date", HttpDate.format(born));
    }
    return new StoredResponse(
        itsStatus,
        kept.lines(),
        kept.replacing(),
        bytes,
        charset,
        selecting,
        born,
        lifetime,
        fresh,
        Math.min(stale, longest - fresh),
        terms);
  }

  /** The stored response, with what a 304 says anew (RFC 9111, 3.2 and 4.3.4). */
  StoredResponse confirmed(StoredResponse present, Fields own) {
    Fields merged = present.fields();
    for (String name : own.names()) {
      if (!isKeptAtConfirmation(name)) {
        List<String> lines = own.all(name);
        merged.set(name, lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
          merged.add(name, line);
        }
      }
    }
    if (!own.has("Date")) {
      merged.remove("Date");
    }
    ResponseHead head = HandlerHead.of(merged, present);
    Freshness freshness = freshness(head, 200);
    StorePolicy.removeUnstored(merged, head.fields("Connection"), freshness.control());
    return stored(
        200,
        merged,
        present.body(),
        present.charset(),
        present.selecting(),
        freshness,
        freshness.terms(route.options(), present.terms().madeTag()));
  }

  /** They describe the body, which a 304 does not have. */
  private static boolean isKeptAtConfirmation(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "content-length", "content-encoding", "content-type", "content-range", "age" -> true;
      default -> false;
    };
  }
}
