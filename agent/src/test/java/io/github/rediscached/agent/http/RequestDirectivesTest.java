package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.http.StoredResponse.Terms;
import org.junit.jupiter.api.Test;

class RequestDirectivesTest {

  private static final long NOW = 1_796_000_000_000L;

  /** Ten seconds old, fresh for a minute. */
  private static final StoredResponse FRESH = aged(10);

  private static StoredResponse aged(int seconds) {
    return new StoredResponse(
        200,
        new String[0],
        new boolean[0],
        new byte[0],
        null,
        new String[0],
        NOW - seconds * 1_000L,
        60_000,
        60_000,
        60_000,
        new Terms(false, false, 0, 0, false));
  }

  private static RequestDirectives of(String control) {
    return RequestDirectives.of(Asked.get("/").with("Cache-Control", control), true);
  }

  @Test
  void aRequestMayWantANewerResponse() {
    assertTrue(of("max-age=10").take(FRESH, NOW));
    assertFalse(of("max-age=9").take(FRESH, NOW));
    assertTrue(of("min-fresh=50").take(FRESH, NOW));
    assertFalse(of("min-fresh=51").take(FRESH, NOW));
    assertFalse(of("no-cache").take(FRESH, NOW));
    assertTrue(of("no-store").noStore());
    assertTrue(of("only-if-cached").onlyIfCached());
  }

  @Test
  void orTakeAStaleOne() {
    assertTrue(of("max-stale=10").takeStale(aged(65), NOW));
    assertFalse(of("max-stale=4").takeStale(aged(65), NOW));
    assertFalse(of("max-stale=10, max-age=5").takeStale(aged(65), NOW));
  }

  @Test
  void pragmaCountsWhereThereIsNoCacheControl() {
    Asked request = Asked.get("/").with("Pragma", "no-cache");
    assertFalse(RequestDirectives.of(request, true).take(FRESH, NOW));
    assertTrue(RequestDirectives.of(request.with("Cache-Control", "x"), true).take(FRESH, NOW));
  }

  @Test
  void aRuleMayIgnoreAll() {
    RequestDirectives ignored =
        RequestDirectives.of(Asked.get("/").with("Cache-Control", "no-cache, no-store"), false);
    assertTrue(ignored.take(FRESH, NOW));
    assertFalse(ignored.noStore());
  }
}
