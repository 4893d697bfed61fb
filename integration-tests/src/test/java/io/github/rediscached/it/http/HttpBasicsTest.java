package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a rule of a few lines does for a page. */
class HttpBasicsTest {

  private static final String RULES =
      """
      http:
        - { path: "/page/**", ttl: 10m }
        - { path: "/filtered/**", ttl: 10m, query: [size, page] }
        - { path: "/none/**", ttl: 10m, query: [] }
        - { path: "/short/**", ttl: 200ms }
        - { path: "/silent/**", ttl: 10m, cache-status: false }
        - { path: "/region/**", ttl: 10m, vary: [X-Region] }
        - { path: "/language/**", ttl: 10m }
        - { path: "/product/{id}", ttl: 10m, tags: ["product:#{#path.id}"] }
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
  void theSecondAnswerIsTheFirstOneAndTheHandlerDoesNotRun() {
    Reply first = jvm.get("/page/twice?a=1").mustBeForwarded("uri-miss");
    Reply second = jvm.get("/page/twice?a=1").mustBeHit();

    assertEquals(first.withoutTracesOfTheCache(), second.withoutTracesOfTheCache());
    assertEquals("one, two", second.header("x-many"));
    assertEquals(1, jvm.runs("/page/twice"));
  }

  @Test
  void aHitTellsItsAgeAndHowLongItIsFresh() {
    jvm.get("/page/age");
    Reply hit = jvm.get("/page/age").mustBeHit();

    assertTrue(Integer.parseInt(hit.header("age")) < 60, hit::toString);
    assertTrue(hit.cacheStatus().matches("rediscached; hit; ttl=5\\d\\d"), hit::toString);
    assertFalse(hit.header("date").isEmpty(), hit::toString);
  }

  @Test
  void eachQueryHasItsOwnAnswer() {
    jvm.get("/page/query?a=1");

    jvm.get("/page/query?a=2").mustBeForwarded("uri-miss");
    jvm.get("/page/query").mustBeForwarded("uri-miss");
    assertTrue(jvm.get("/page/query?a=2").mustBeHit().text().contains("query a=2,"));
  }

  @Test
  void parametersThatTheRuleDoesNotNameShareAnAnswer() {
    jvm.get("/filtered/shared?page=1&utm_source=a");

    jvm.get("/filtered/shared?fbclid=2&page=1").mustBeHit();
    jvm.get("/filtered/shared?page=2").mustBeForwarded("uri-miss");
    assertEquals(2, jvm.runs("/filtered/shared"));
  }

  @Test
  void theOrderOfTheNamedParametersMakesNoDifference() {
    jvm.get("/filtered/order?page=1&size=2");

    jvm.get("/filtered/order?size=2&page=1").mustBeHit();
  }

  @Test
  void theHandlerDoesNotSeeParametersThatTheRuleDoesNotName() {
    String text = jvm.get("/filtered/hidden?page=1&colour=red").text();

    assertTrue(text.endsWith("query page=1, parameters [page], colour null"), text);
  }

  @Test
  void anEmptyQueryHidesAllParameters() {
    String text = jvm.get("/none/all?page=1&colour=red").text();

    assertTrue(text.endsWith("query null, parameters [], colour null"), text);
    jvm.get("/none/all").mustBeHit();
  }

  @Test
  void headersOfTheRulesVaryHaveTheirOwnAnswers() {
    jvm.get("/region/a", "X-Region", "north").mustSay(200, "region north, run 1");
    jvm.get("/region/a", "X-Region", "south").mustSay(200, "region south, run 2");
    jvm.get("/region/a").mustSay(200, "region null, run 3");

    jvm.get("/region/a", "X-Region", "north").mustBeHit().mustSay(200, "region north, run 1");
    jvm.get("/region/a", "X-Region", "south").mustBeHit().mustSay(200, "region south, run 2");
    jvm.get("/region/a").mustBeHit().mustSay(200, "region null, run 3");
  }

  @Test
  void headersOfTheResponsesVaryHaveTheirOwnAnswers() {
    jvm.get("/language/a", "Accept-Language", "de").mustSay(200, "language de, run 1");
    jvm.get("/language/a", "Accept-Language", "fr")
        .mustBeForwarded("vary-miss")
        .mustSay(200, "language fr, run 2");

    jvm.get("/language/a", "Accept-Language", "de").mustBeHit().mustSay(200, "language de, run 1");
    jvm.get("/language/a", "Accept-Language", "fr").mustBeHit().mustSay(200, "language fr, run 2");
  }

  @Test
  void anAnswerExpiresWithTheRulesTtl() {
    String first = jvm.get("/short/a").text();

    Eventually.eventually("a new page", () -> !jvm.get("/short/a").text().equals(first));
  }

  @Test
  void noCacheStatusIsToldWhereTheRuleSaysSo() {
    assertEquals("", jvm.get("/silent/a").cacheStatus());
    assertEquals("", jvm.get("/silent/a").cacheStatus());
    assertEquals("", jvm.get("/silent/a", "Cache-Control", "no-cache").cacheStatus());
    assertEquals(2, jvm.runs("/silent/a"));
  }

  @Test
  void aBypassIsToldWithItsReason() {
    Reply reply = jvm.get("/page/bypass", "X-Auth-Token", "t").mustBeForwarded("request");

    assertEquals(
        "rediscached; fwd=request; detail=header-x-auth-token",
        reply.cacheStatus(),
        reply::toString);
  }

  @Test
  void aPathThatNoRuleNamesIsAsWithoutTheAgent() {
    Reply first = jvm.get("/plain/headers");
    Reply second = jvm.get("/plain/headers");

    assertEquals(2, jvm.runs("/plain/headers"));
    for (Reply reply : List.of(first, second)) {
      assertEquals("", reply.cacheStatus() + reply.header("age") + reply.header("etag"));
    }
  }

  @Test
  void headIsAnsweredFromWhatAGetHasStored() {
    Reply get = jvm.get("/page/head");
    Reply head = jvm.head("/page/head").mustBeHit();

    assertEquals(1, jvm.runs("/page/head"));
    assertEquals(0, head.body().length);
    assertEquals(get.header("content-type"), head.header("content-type"));
    assertEquals(get.header("content-length"), head.header("content-length"));
    assertEquals("1", head.header("x-run"));
  }

  @Test
  void nothingIsStoredForAHead() {
    jvm.head("/page/cold-head").mustBeForwarded("uri-miss");

    Reply get = jvm.get("/page/cold-head").mustBeForwarded("uri-miss");
    assertTrue(get.text().startsWith("run 2 of"), get::toString);
  }

  @Test
  void aPostInvalidatesTheAnswersOfItsUri() {
    jvm.get("/page/posted?a=1");
    jvm.get("/page/posted?a=1").mustBeHit();

    assertEquals(204, jvm.post("/page/posted?a=1").status());

    Reply again = jvm.get("/page/posted?a=1").mustBeForwarded("uri-miss");
    assertTrue(again.text().startsWith("run 3 of"), again::toString);
  }

  @Test
  void aPostThatFailsInvalidatesNothing() {
    jvm.get("/page/refused?fail=1");

    assertEquals(409, jvm.post("/page/refused?fail=1").status());

    jvm.get("/page/refused?fail=1").mustBeHit();
  }

  @Test
  void aPostInvalidatesWhatHasTheRulesTags() {
    jvm.get("/product/11?view=short");

    jvm.post("/product/11");

    jvm.get("/product/11?view=short").mustBeForwarded("uri-miss");
  }

  @Test
  void anEvictionByAServiceMethodDropsThePagesThatShowIt() {
    jvm.get("/product/5?view=short");
    jvm.get("/product/5?view=long");
    jvm.get("/product/6");

    assertEquals("changed 5", jvm.control("change-price", "5"));

    jvm.get("/product/5?view=short").mustBeForwarded("uri-miss");
    jvm.get("/product/5?view=long").mustBeForwarded("uri-miss");
    jvm.get("/product/6").mustBeHit();
  }
}
