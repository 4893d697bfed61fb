package io.github.rediscached.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.agent.plan.HttpOptions;
import io.github.rediscached.agent.plan.NearOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {

  private static Credentials keyed(String... key) {
    return new Credentials(
        new HttpOptions(
            "/a",
            null,
            null,
            List.of(),
            List.of(),
            null,
            List.of(key),
            List.of(),
            List.of(),
            null,
            null,
            true,
            true,
            NearOption.AUTO,
            List.of()));
  }

  private static String partOf(Credentials credentials, Asked request) {
    StringBuilder key = new StringBuilder();
    credentials.addTo(key, request);
    return key.toString();
  }

  @Test
  void aRequestOfNobodyIsLookedUp() {
    assertNull(keyed().refusal(Asked.get("/a").with("Accept", "text/html").with("Cookie", "a=b")));
  }

  @Test
  void aUserOrASessionThatTheKeyDoesNotTellIsNot() {
    assertEquals("principal", keyed().refusal(Asked.get("/a").by("ann", null)));
    assertEquals("session", keyed().refusal(Asked.get("/a").by(null, "s1")));
    assertNull(keyed("principal").refusal(Asked.get("/a").by("ann", "s1")));
    assertNull(keyed("session").refusal(Asked.get("/a").by("ann", "s1")));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Api-Key, x-api-key",
    "apikey, apikey",
    "X-Auth-Token, x-auth-token",
    "X-Remote-User, x-remote-user",
    "X-Forwarded-User, x-forwarded-user",
    "X-Tenant, x-tenant",
    "Ocp-Apim-Subscription-Key, ocp-apim-subscription-key"
  })
  void neitherIsAHeaderThatLooksLikeACredential(String name, String told) {
    Asked request = Asked.get("/a").with(name, "secret");
    assertEquals("header-" + told, keyed().refusal(request));
    assertNull(keyed("header:" + name).refusal(request));
  }

  @ParameterizedTest
  @CsvSource({"User-Agent", "Sec-Fetch-User", "Accept-Language", "Referer", "Authorization"})
  void otherHeadersAreLeftToTheHandler(String name) {
    assertNull(keyed().refusal(Asked.get("/a").with(name, "x")));
  }

  @ParameterizedTest
  @CsvSource({"JSESSIONID", "connect.sid", "remember-me", "auth_token", "XSRF-TOKEN"})
  void aCookieThatLooksLikeACredentialIsOne(String name) {
    Asked request = Asked.get("/a").with("Cookie", name + "=1");
    assertEquals("cookie-" + name.toLowerCase(Locale.ROOT), keyed().refusal(request));
    assertNull(keyed("cookie:" + name).refusal(request));
    assertNull(keyed("session").refusal(request));
  }

  /** Behind a filter that knows users without sessions. */
  @Test
  void aUserWithoutASessionIsNotToldBySessions() {
    assertEquals("principal", keyed("session").refusal(Asked.get("/a").by("ann", null)));
  }

  @Test
  void withoutAUserAuthorizationIsNotToldByUsers() {
    assertTrue(keyed("principal").isAuthorized(Asked.get("/a").with("Authorization", "x")));
  }

  @Test
  void authorizationIsToldApart() {
    Asked request = Asked.get("/a").with("Authorization", "Bearer x");
    assertTrue(keyed().isAuthorized(request));
    assertFalse(keyed("principal").isAuthorized(request.by("ann", null)));
    assertFalse(keyed("header:Authorization").isAuthorized(request));
    assertFalse(keyed().isAuthorized(Asked.get("/a")));
  }

  @Test
  void eachUserHasAKey() {
    Credentials credentials = keyed("principal", "header:X-Tenant", "cookie:theme");
    String anns = partOf(credentials, Asked.get("/a").by("ann", null).with("X-Tenant", "t"));
    assertNotEquals(
        anns, partOf(credentials, Asked.get("/a").by("bob", null).with("X-Tenant", "t")));
    assertNotEquals(
        anns, partOf(credentials, Asked.get("/a").by("ann", null).with("X-Tenant", "u")));
    assertNotEquals(anns, partOf(credentials, Asked.get("/a").by("ann", null)));
  }

  /** One value can't be written so that it reads as another part of the key. */
  @Test
  void noValuePretendsToBeAnotherPart() {
    Credentials credentials = keyed("header:a", "header:b");
    assertNotEquals(
        partOf(credentials, Asked.get("/").with("a", "1\nb=1:2")),
        partOf(credentials, Asked.get("/").with("a", "1").with("b", "2")));
    assertNotEquals(
        partOf(credentials, Asked.get("/").with("a", "")), partOf(credentials, Asked.get("/")));
  }
}
