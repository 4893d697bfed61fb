package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody sees a page that was made for somebody else, or that somebody else has tampered with. */
class HttpUsersTest {

  private static final String RULES =
      """
      http:
        - { path: "/personal/**", ttl: 10m }
        - { path: "/keyed/principal/**", ttl: 10m, key: [principal] }
        - { path: "/keyed/session/**", ttl: 10m, key: [session] }
        - { path: "/keyed/tenant/**", ttl: 10m, key: ["header:X-Tenant"] }
        - { path: "/keyed/filtered-tenant/**", ttl: 10m, key: ["header:X-Tenant"] }
        - { path: "/keyed/cookie/**", ttl: 10m, key: ["cookie:theme"] }
        - { path: "/links/**", ttl: 10m }
        - { path: "/forwarded-links/**", ttl: 10m }
        - { path: "/original-url/**", ttl: 10m }
        - { path: "/hidden/**", ttl: 10m, query: [] }
        - { path: "/hidden-forward/**", ttl: 10m, query: [] }
        - { path: "/tricks/**", ttl: 10m }
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

  /** Without the number of the run. */
  private static String page(Reply reply) {
    assertEquals(200, reply.status(), reply::toString);
    return reply.text().replaceFirst(", run \\d+$", "");
  }

  private static String cookieOf(String user) {
    return "JSESSIONID=" + jvm.control("log-in", user);
  }

  @Test
  void eachSessionSeesItsOwnPage() {
    String alice = cookieOf("alice");
    String bob = cookieOf("bob");
    String path = "/personal/session/a";

    for (int round = 0; round < 2; round++) {
      assertEquals("for null", page(jvm.get(path)));
      assertEquals("for alice", page(jvm.get(path, "Cookie", alice)));
      assertEquals("for bob", page(jvm.get(path, "Cookie", bob)));
    }
  }

  @Test
  void aSessionThatIsNamedInThePathSeesItsOwnPage() {
    String path = "/personal/session/b";
    String alice = path + ";jsessionid=" + jvm.control("log-in", "alice");
    String bob = path + ";jsessionid=" + jvm.control("log-in", "bob");

    for (int round = 0; round < 2; round++) {
      assertTrue(Wire.get(jvm, alice).contains("for alice"));
      assertTrue(Wire.get(jvm, bob).contains("for bob"));
      assertTrue(Wire.get(jvm, path).contains("for null"));
    }
  }

  @Test
  void aSessionThatThePageMakesIsForOneClient() {
    Reply first = jvm.get("/personal/new-session/a");
    Reply second = jvm.get("/personal/new-session/a");

    assertNotEquals(page(first), page(second));
    assertNotEquals(first.header("set-cookie"), second.header("set-cookie"));
    assertTrue(first.header("set-cookie").startsWith("JSESSIONID="), first::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "/personal/authorization/basic, Authorization, Basic YTpi, Basic Yjpj",
    "/personal/authorization/bearer, Authorization, Bearer abc, Bearer def",
    "/personal/api-key/a, X-Api-Key, abc, def",
    "/personal/tenant/a, X-Tenant, one, two",
    "/personal/all-headers/a, X-Tenant, one, two",
    "/personal/principal/a, X-Badge, alice, bob",
    "/original-url/a, X-Original-URL, /admin, /other",
  })
  void whatAHandlerReadsOfARequestIsShownToNobodyElse(
      String path, String header, String one, String other) {
    for (int round = 0; round < 2; round++) {
      String nobody = path.contains("all-headers") ? "for " : "for null";
      assertEquals("for " + one, page(jvm.get(path, header, one)));
      assertEquals("for " + other, page(jvm.get(path, header, other)));
      assertEquals(nobody, page(jvm.get(path)));
      assertFalse(jvm.get(path, header, one).isHit());
    }
    jvm.get(path).mustBeHit();
  }

  @Test
  void aCookieThatTheHandlerReadsIsShownToNobodyElse() {
    String path = "/personal/cookie/a";

    for (int round = 0; round < 2; round++) {
      assertEquals("for dark", page(jvm.get(path, "Cookie", "theme=dark")));
      assertEquals("for light", page(jvm.get(path, "Cookie", "theme=light")));
      assertEquals("for ", page(jvm.get(path)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Api-Key", "X-Auth-Token", "X-Access-Token", "Ocp-Apim-Subscription-Key"})
  void aRequestWithCredentialsNeitherGetsNorLeavesAStoredPage(String header) {
    String path = "/personal/anonymous/" + header;

    jvm.get(path, header, "abc").mustBeForwarded("request");
    jvm.get(path).mustBeForwarded("uri-miss").mustSay(200, "for all, run 2");
    jvm.get(path, header, "abc").mustBeForwarded("request").mustSay(200, "for all, run 3");
    jvm.get(path).mustBeHit().mustSay(200, "for all, run 2");
  }

  @Test
  void aRequestWithAuthorizationNeitherGetsNorLeavesAStoredPage() {
    String path = "/personal/anonymous/authorization";

    jvm.get(path, "Authorization", "Basic YTpi").mustSay(200, "for all, run 1");
    jvm.get(path).mustSay(200, "for all, run 2");
    jvm.get(path, "Authorization", "Basic YTpi").mustSay(200, "for all, run 3");
    jvm.get(path).mustBeHit().mustSay(200, "for all, run 2");
  }

  @Test
  void aTokenAgainstForgedRequestsIsInOnePageOnly() {
    String first = page(jvm.get("/personal/csrf/a"));
    String second = page(jvm.get("/personal/csrf/a"));

    assertTrue(first.startsWith("for token "), first);
    assertNotEquals(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "/keyed/principal/a, X-Badge, alice, bob",
    "/keyed/tenant/a, X-Tenant, one, two",
    "/keyed/filtered-tenant/a, X-Tenant, one, two",
  })
  void eachHasStoredPagesOfItsOwnWhereTheRuleSaysSo(
      String path, String header, String one, String other) {
    jvm.get(path, header, one).mustBeForwarded("uri-miss");
    jvm.get(path, header, other).mustBeForwarded("uri-miss");
    jvm.get(path).mustBeForwarded("uri-miss");

    assertEquals("for " + one, page(jvm.get(path, header, one).mustBeHit()));
    assertEquals("for " + other, page(jvm.get(path, header, other).mustBeHit()));
    assertEquals("for null", page(jvm.get(path).mustBeHit()));
    assertEquals(3, jvm.runs(path));
  }

  @Test
  void eachSessionHasStoredPagesOfItsOwnWhereTheRuleSaysSo() {
    String alice = cookieOf("alice");
    String bob = cookieOf("bob");
    String path = "/keyed/session/a";
    jvm.get(path, "Cookie", alice);
    jvm.get(path, "Cookie", bob);

    assertEquals("for alice", page(jvm.get(path, "Cookie", alice).mustBeHit()));
    assertEquals("for bob", page(jvm.get(path, "Cookie", bob).mustBeHit()));
    assertEquals("for null", page(jvm.get(path)));
  }

  @Test
  void eachCookieHasStoredPagesOfItsOwnWhereTheRuleSaysSo() {
    String path = "/keyed/cookie/a";
    jvm.get(path, "Cookie", "theme=dark");
    jvm.get(path, "Cookie", "theme=light; other=1");

    assertEquals("for dark", page(jvm.get(path, "Cookie", "a=1; theme=dark").mustBeHit()));
    assertEquals("for light", page(jvm.get(path, "Cookie", "theme=light").mustBeHit()));
  }

  @Test
  void anotherHostCannotPutItsLinksIntoAPage() {
    String path = "/links/a";
    String evil = Wire.getFrom(jvm, "evil.example", path);
    assertTrue(evil.contains("for http://evil.example/links/a"), evil);

    for (int round = 0; round < 2; round++) {
      Reply good = jvm.get(path);
      assertEquals("for http://shop.example/links/a shop.example shop.example", page(good));
    }
    jvm.get(path).mustBeHit();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHOP.example",
        "shop.example.",
        "shop.example:80",
        "shop.example:081",
        "shop.example:"
      })
  void aHostThatIsWrittenAnotherWayCannotPutItsLinksIntoAPage(String host) {
    String path = "/links/" + host.replaceAll("[^a-zA-Z0-9]", "-") + host.length();
    String first = Wire.getFrom(jvm, host, path);

    Reply good = jvm.get(path);

    // The port of the scheme may stand there, it is the same host.
    assertEquals(
        "for http://shop.example" + path + " shop.example shop.example",
        page(good).replace("shop.example:80", "shop.example"),
        first);
  }

  @Test
  void aForwardedHostCannotPutItsLinksIntoAPage() {
    String path = "/forwarded-links/a";
    String evil =
        page(jvm.get(path, "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "ftp"));
    assertEquals("for ftp://evil.example", evil);

    assertEquals("for null://null", page(jvm.get(path)));
    assertEquals("for null://null", page(jvm.get(path).mustBeHit()));
    assertEquals(
        "for http://other.example",
        page(jvm.get(path, "X-Forwarded-Host", "other.example", "X-Forwarded-Proto", "http")));
  }

  @Test
  void aParameterThatIsNotInTheKeyCannotGetIntoThePage() {
    assertEquals("for nullnull{}falsetrue", page(jvm.get("/hidden/a?name=%3Cscript%3E")));
    jvm.get("/hidden/a?name=b").mustBeHit();
  }

  @Test
  void aParameterThatIsNotInTheKeyCannotGetIntoAPageThatAnotherOneIsForwardedTo() {
    String page = page(jvm.get("/hidden-forward/a?name=%3Cscript%3E&x=1"));

    assertEquals("for nullnull[own]", page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/tricks/%70age",
        "/tricks/./page",
        "/tricks/%2e/page",
        "/tricks/other/../page",
        "/tricks/other/%2e%2e/page",
        "/tricks/../tricks/page",
        "/%74ricks/page",
        "/tricks/page;jsessionid=0123456789ABCDEF",
        "/tricks;a=1/page",
        "/tricks/page;name=matrix",
        "/tricks/page/",
        "/tricks//page",
        "//tricks/page",
        "/tricks/Page",
        "/TRICKS/page",
        "/tricks/page%2Fmore",
        "/tricks/page%5Cmore",
        "/tricks/page%00",
        "/tricks/page%20",
        "/tricks/..;/tricks/page",
        "/tricks/page?",
        "/tricks/page?name=a",
        "/tricks/page?name=a&name=b",
        "/tricks/page?name=b&name=a",
        "/tricks/page?n%61me=c",
        "/tricks/page?name=a%26name=b",
        "/tricks/page?name",
        "/tricks/page?;name=a",
        "http://shop.example/tricks/page?name=absolute",
        "/tricks",
        "/tricks/"
      })
  void aPathIsUnderstoodAsTheContainerUnderstandsIt(String target) {
    jvm.get("/tricks/page");
    jvm.get("/tricks/page?name=a");
    String unruled =
        target.replace("ricks", "ricked").replace("/t", "/unt").replace("/%74", "/un%74");
    String plain = tricked(Wire.get(jvm, unruled));

    assertEquals(plain, tricked(Wire.get(jvm, target)));
    assertEquals(plain, tricked(Wire.get(jvm, target)));
  }

  /** Status and body. */
  private static String tricked(String answer) {
    return (answer.substring(0, answer.indexOf("\r\n")) + Wire.body(answer))
        .replace("untricked", "tricks")
        .replace("un%74ricked", "%74ricks");
  }
}
