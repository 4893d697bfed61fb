package io.github.rediscached.it.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a page answers, the client gets what it would get without the cache. Each page is there
 * twice: below {@code /plain}, which no rule names, and below {@code /cached}.
 */
class HttpWaysOfAnsweringTest {

  private static final String RULES =
      """
      http:
        - { path: "/cached/**", ttl: 10m }
      """;

  /** What the cache may add or change. */
  private static final List<String> OF_THE_CACHE = List.of("cache-status", "age", "date", "etag");

  /** How the bytes of a body are told to the client: a stored body has a known length. */
  private static final List<String> FRAMING = List.of("transfer-encoding", "content-length");

  private static WebJvm jvm;

  @BeforeAll
  static void start() {
    jvm = WebJvm.start(TestRedis.shared(), RULES, Map.of());
  }

  @AfterAll
  static void stop() {
    jvm.close();
  }

  /** An answer as it is to be, without what a cache may change. */
  private static String head(Reply reply, List<String> without) {
    Map<String, Object> headers = new TreeMap<>(reply.headers());
    headers.keySet().removeAll(OF_THE_CACHE);
    headers.keySet().removeAll(without);
    return (reply.status() + " " + headers).replace("/plain/", "/cached/");
  }

  private static void assertSameBody(Reply expected, Reply actual) {
    assertArrayEquals(
        expected.text().replace("/plain/", "/cached/").getBytes(UTF_8),
        actual.text().getBytes(UTF_8),
        () -> expected + "\n" + actual);
    if (expected.body().length != actual.body().length) {
      assertArrayEquals(expected.body(), actual.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream",
        "single-bytes",
        "writer-utf-8",
        "writer-default",
        "writer-json",
        "writer-no-type",
        "writer-encoding",
        "writer-locale",
        "surrogates",
        "flush-first",
        "flush-between",
        "length",
        "closed",
        "headers",
        "empty",
        "nothing",
        "reset",
        "reset-buffer",
        "compressed",
        "redirect",
        "async",
        "async-own-response",
        "async-arguments",
        "async-at-once",
        "async-dispatch",
        "async-dispatch-elsewhere",
        "write-listener",
        "forward",
        "write-and-forward",
        "include",
        "forward-asynchronously"
      })
  void thePageIsTheSameWhenItIsMadeAndWhenItIsStored(String way) {
    Reply plain = jvm.get("/plain/" + way);
    Reply made = jvm.get("/cached/" + way).mustBeForwarded("uri-miss");
    Reply stored = jvm.get("/cached/" + way).mustBeHit();

    assertAll(
        () -> assertEquals(1, jvm.runs("/cached/" + way)),
        () -> assertEquals(head(plain, List.of()), head(made, List.of())),
        () -> assertEquals(head(plain, FRAMING), head(stored, FRAMING)),
        () -> assertSameBody(plain, made),
        () -> assertSameBody(plain, stored));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send-error",
        "send-error-late",
        "own-error-page",
        "not-found",
        "cookie",
        "cookie-header",
        "no-store",
        "private",
        "vary-any",
        "partial",
        "plain-redirect",
        "events",
        "large",
        "large-writer",
        "throws-before",
        "throws-between",
        "async-timeout",
        "too-long"
      })
  void thePageIsTheSameAndIsNotStored(String way) {
    Reply plain = jvm.get("/plain/" + way);
    Reply first = jvm.get("/cached/" + way);
    Reply second = jvm.get("/cached/" + way);

    assertEquals(2, jvm.runs("/cached/" + way));
    for (Reply reply : List.of(first, second)) {
      assertEquals(head(plain, List.of()), head(reply, List.of()));
      assertSameBody(plain, reply);
      assertFalse(reply.isHit(), reply::toString);
    }
  }

  /** Their answers are broken off, so only their bytes can be compared. */
  @ParameterizedTest
  @ValueSource(strings = {"throws-late", "short", "short-nothing", "trailers"})
  void theBytesOnTheWireAreTheSameAndAreNotStored(String way) {
    String plain = wire("/plain/" + way);

    assertEquals(plain, wire("/cached/" + way));
    assertEquals(plain, wire("/cached/" + way));
    assertEquals(2, jvm.runs("/cached/" + way));
  }

  /** Without the lines that the cache may add or change. */
  private static String wire(String path) {
    StringBuilder kept = new StringBuilder();
    for (String line : Wire.get(jvm, path, "TE: trailers").split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon < 0 || !OF_THE_CACHE.contains(line.substring(0, colon).toLowerCase(ROOT))) {
        kept.append(line).append("\r\n");
      }
    }
    return kept.toString();
  }

  @Test
  void theFirstPartLeavesBeforeTheSecondIsMade() {
    try (Wire wire = Wire.to(jvm)) {
      wire.ask("/cached/flush-between/streaming", WebJvm.HOST);

      assertFalse(wire.readUntil("first").contains("second"));
      jvm.open("/cached/flush-between/streaming");
      assertTrue(wire.rest().contains("second"));
    }
    jvm.get("/cached/flush-between/streaming").mustBeHit().mustSay(200, "first second");
  }

  @Test
  void whatFiltersAddIsMadeAnewForEachAnswer() {
    Reply made = jvm.get("/cached/filtered");
    Reply stored = jvm.get("/cached/filtered").mustBeHit();

    assertEquals("of the filter, one, two, three", made.header("x-many"));
    assertEquals("of the filter, one, two, three", stored.header("x-many"));
    assertEquals(
        Integer.parseInt(made.header("x-request")) + 1,
        Integer.parseInt(stored.header("x-request")));
  }

  @Test
  void theContainerCompressesAStoredPageForThoseWhoTakeIt() {
    Reply plain = jvm.get("/plain/compressed/a", "Accept-Encoding", "gzip");
    Reply made = jvm.get("/cached/compressed/a", "Accept-Encoding", "gzip");
    Reply stored = jvm.get("/cached/compressed/a", "Accept-Encoding", "gzip").mustBeHit();
    Reply identity = jvm.get("/cached/compressed/a");

    assertEquals("gzip", plain.header("content-encoding"));
    assertEquals(head(plain, FRAMING), head(made, FRAMING));
    assertEquals(head(plain, FRAMING), head(stored, FRAMING));
    assertArrayEquals(plain.body(), made.body());
    assertArrayEquals(plain.body(), stored.body());
    assertSameBody(jvm.get("/plain/compressed/a"), identity);
  }

  @Test
  void filtersThatComeAfterTheHandlerCanStillAddToTheHead() {
    for (String way : List.of("/plain/late-header", "/cached/late-header")) {
      assertEquals("1", jvm.get(way).header("x-after"), way);
      assertEquals("1", jvm.get(way).header("x-after"), way);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hung-up", "hung-up-unnoticed", "hung-up-writer", "hung-up-async"})
  void nothingIsStoredWhenTheClientHangsUpInMidBody(String way) {
    String path = "/cached/" + way + "/once";
    try (Wire wire = Wire.to(jvm)) {
      wire.ask(path, WebJvm.HOST).readUntil("|");
      wire.reset();
    }
    jvm.open(path);
    Eventually.eventually("the end of the handler", () -> jvm.count("ended " + path) == 1);

    Reply again = jvm.get(path);

    assertEquals(2, jvm.runs(path), again::toString);
    assertEquals(32 * 16_384 + 1, again.body().length);
  }

  @Test
  void theReasonIsToldWhyAPageIsNotStored() {
    assertEquals("set-cookie", reason("cookie"));
    assertEquals("no-store", reason("no-store"));
    assertEquals("private", reason("private"));
    assertEquals("vary-any", reason("vary-any"));
    assertEquals("event-stream", reason("events"));
    assertEquals("status-404", reason("not-found"));
  }

  private static String reason(String way) {
    Reply reply = jvm.get("/cached/" + way + "/reason").mustBeForwarded("uri-miss; detail=");
    return reply.cacheStatus().substring("rediscached; fwd=uri-miss; detail=".length());
  }
}
