package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional requests, parts of pages, and pages whose time is over. */
class HttpValidatorsTest {

  private static final String RULES =
      """
      http:
        - { path: "/validated/**", ttl: 10m }
        - { path: "/failing/**", ttl: 10m, stale-on-error: 10m }
        - { path: "/directives/ignored", ttl: 10m, request-directives: ignore }
        - { path: "/directives/honoured", ttl: 10m }
      """;

  private static WebJvm jvm;

  @BeforeAll
  static void start() {
    jvm = WebJvm.start(TestRedis.shared(), RULES, Map.of());
  }

  @AfterAll
  static void stop() {
    jvm.close();
  }

  @Test
  void aStoredPageIsNotSentAgainToWhoHasItByTheHandlersTag() {
    jvm.get("/validated/tagged/a");
    Reply reply = jvm.get("/validated/tagged/a", "If-None-Match", "\"v0\", \"v1\"").mustBeHit();

    reply.mustSay(304, "");
    assertEquals("\"v1\"", reply.header("etag"));
    assertEquals("", reply.header("content-type") + reply.header("x-run"));
    assertEquals(1, jvm.runs("/validated/tagged/a"));
    jvm.get("/validated/tagged/a", "If-None-Match", "\"v0\"")
        .mustBeHit()
        .mustSay(200, "0123456789");
  }

  @Test
  void aPageWithoutATagHasAWeakOneThatIsMadeOfItsBytes() {
    jvm.get("/validated/untagged/a");
    String tag = jvm.get("/validated/untagged/a").mustBeHit().header("etag");

    assertTrue(tag.matches("W/\"[!-~]+\""), tag);
    jvm.get("/validated/untagged/a", "If-None-Match", tag).mustBeHit().mustSay(304, "");
    jvm.get("/validated/untagged/a", "If-None-Match", "*").mustBeHit().mustSay(304, "");
    assertEquals(1, jvm.runs("/validated/untagged/a"));
  }

  @Test
  void aStoredPageIsNotSentAgainIfItHasNotChangedSince() {
    String before = "Mon, 02 Nov 2020 10:00:00 GMT";
    String changed = "Tue, 03 Nov 2020 10:00:00 GMT";
    jvm.get("/validated/dated/a");

    jvm.get("/validated/dated/a", "If-Modified-Since", changed).mustBeHit().mustSay(304, "");
    jvm.get("/validated/dated/a", "If-Modified-Since", before)
        .mustBeHit()
        .mustSay(200, "dated, run 1");
  }

  @Test
  void aStalePageIsConfirmedByTheHandlerAndTheClientHasItWhole() {
    String path = "/validated/confirmed/a";
    jvm.get(path).mustSay(200, "confirmed, run 1");

    jvm.get(path).mustBeForwarded("stale; fwd-status=304; stored").mustSay(200, "confirmed, run 1");

    assertEquals(1, jvm.count("confirmed " + path));
    Reply fresh = jvm.get(path).mustBeHit().mustSay(200, "confirmed, run 1");
    assertEquals("max-age=600", fresh.header("cache-control"));
    assertEquals("text/plain;charset=UTF-8", fresh.header("content-type"));
    assertEquals(2, jvm.runs(path));
  }

  @Test
  void aConfirmedPageIsNotSentAgainToWhoHasIt() {
    String path = "/validated/confirmed/b";
    jvm.get(path);

    jvm.get(path, "If-None-Match", "\"v1\"").mustSay(304, "");

    jvm.get(path).mustSay(200, "confirmed, run 1");
  }

  @Test
  void theHandlerAnswersTheConditionsOfARequestForAPageThatIsNotStoredYet() {
    String path = "/validated/confirmed/cold";

    jvm.get(path, "If-None-Match", "\"v1\"").mustBeForwarded("uri-miss").mustSay(304, "");

    jvm.get(path).mustBeForwarded("uri-miss").mustSay(200, "confirmed, run 2");
  }

  @Test
  void aPartOfAStoredPageIsSentAlone() {
    String path = "/validated/tagged/parts";
    jvm.get(path);

    Reply middle = jvm.get(path, "Range", "bytes=2-4").mustBeHit().mustSay(206, "234");
    assertEquals("bytes 2-4/10", middle.header("content-range"));
    assertEquals("3", middle.header("content-length"));
    jvm.get(path, "Range", "bytes=7-").mustSay(206, "789");
    jvm.get(path, "Range", "bytes=-2").mustSay(206, "89");
    jvm.get(path, "Range", "bytes=2-4", "If-Range", "\"v0\"").mustSay(200, "0123456789");
    assertEquals(1, jvm.runs(path));
  }

  @Test
  void aPartBehindTheEndOfAStoredPageIsRefused() {
    jvm.get("/validated/tagged/end");

    Reply reply = jvm.get("/validated/tagged/end", "Range", "bytes=10-").mustBeHit();

    assertEquals(416, reply.status());
    assertEquals("bytes */10", reply.header("content-range"));
    jvm.get("/validated/tagged/end").mustBeHit().mustSay(200, "0123456789");
  }

  @Test
  void aRequestForAPartOfAPageThatIsNotStoredYetDoesNotStoreThePart() {
    String path = "/validated/tagged/cold-part";
    jvm.get(path, "Range", "bytes=2-4").mustSay(200, "0123456789");

    jvm.get(path).mustSay(200, "0123456789");
  }

  @Test
  void aStalePageIsSentAtOnceAndMadeAnewAfterThat() {
    String path = "/validated/anew/a";
    jvm.get(path).mustSay(200, "anew, run 1");

    // Its handler waits, so the answer can't be of its second run. The connection waits with it.
    try (Wire wire = Wire.to(jvm)) {
      String stale = wire.ask(path, WebJvm.HOST).readUntil("anew, run");
      assertTrue(stale.contains("Cache-Status: rediscached; hit; ttl="), stale);
      assertTrue(stale.endsWith("anew, run 1"), stale);
      Eventually.eventually("the second run", () -> jvm.count("begun " + path) == 1);
      // Others do not wait for it either.
      jvm.get(path).mustBeHit().mustSay(200, "anew, run 1");
      jvm.open(path);

      Eventually.eventually("the new page", () -> jvm.get(path).text().equals("anew, run 2"));
      assertEquals(2, jvm.runs(path));
      assertEquals(stale, wire.rest());
    }
  }

  @Test
  void aConnectionServesFurtherRequestsAfterAPageWasMadeAnew() {
    String path = "/validated/anew/b";
    jvm.open(path);
    jvm.get(path).mustSay(200, "anew, run 1");

    Eventually.eventually("the new page", () -> jvm.get(path).text().equals("anew, run 2"));
    jvm.get(path).mustBeHit().mustSay(200, "anew, run 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/failing/status", "/failing/send-error", "/failing/exception"})
  void aStalePageIsSentWhereTheHandlerFails(String path) {
    jvm.get(path).mustSay(200, "in order, run 1");

    Reply second = jvm.get(path).mustSay(200, "in order, run 1");
    Reply third = jvm.get(path).mustSay(200, "in order, run 1");

    assertTrue(second.cacheStatus().contains("fwd=stale"), second::toString);
    assertTrue(third.cacheStatus().contains("detail=stale-if-error"), third::toString);
    assertTrue(jvm.runs(path) > 1);
  }

  @Test
  void aPageThatIsGoneIsNoFailure() {
    jvm.get("/failing/not-there").mustSay(200, "in order, run 1");

    jvm.get("/failing/not-there").mustSay(404, "gone");
  }

  @Test
  void onlyIfCachedNeverRunsTheHandler() {
    String path = "/validated/untagged/only-if-cached";
    Reply cold = jvm.get(path, "Cache-Control", "only-if-cached");

    assertEquals(504, cold.status());
    assertEquals(0, jvm.runs(path));
    jvm.get(path).mustSay(200, "untagged, run 1");
    jvm.get(path, "Cache-Control", "only-if-cached").mustBeHit().mustSay(200, "untagged, run 1");
  }

  @Test
  void aReloadAsksTheHandlerAndRenewsThePage() {
    String path = "/directives/honoured";
    jvm.get(path).mustSay(200, "untagged, run 1");

    jvm.get(path, "Cache-Control", "no-cache").mustSay(200, "untagged, run 2");
    // The entry is written without keeping its request waiting.
    Eventually.eventually("run 2", () -> jvm.get(path).text().equals("untagged, run 2"));
    jvm.get(path, "Cache-Control", "max-age=0", "X-A", "1").mustSay(200, "untagged, run 3");
    jvm.get(path, "Cache-Control", "no-store").mustSay(200, "untagged, run 4");
    Eventually.eventually("run 3", () -> jvm.get(path).text().equals("untagged, run 3"));
    assertEquals(4, jvm.runs(path));
  }

  @Test
  void aReloadMakesNoDifferenceWhereRequestDirectivesAreIgnored() {
    String path = "/directives/ignored";
    jvm.get(path).mustSay(200, "untagged, run 1");

    for (String directive : new String[] {"no-cache", "no-store", "max-age=0"}) {
      jvm.get(path, "Cache-Control", directive).mustBeHit().mustSay(200, "untagged, run 1");
    }
    jvm.get(path, "Pragma", "no-cache").mustBeHit();
    assertEquals(1, jvm.runs(path));
  }
}
