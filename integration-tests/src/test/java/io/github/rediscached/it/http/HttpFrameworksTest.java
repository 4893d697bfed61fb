package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.http.FrameworkShop;
import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Resources of Jersey, and Spring MVC behind Spring Security, whose users log in by a form. */
class HttpFrameworksTest {

  private static final String RULES =
"""
http:
  - { path: "/rest/products/{id}", ttl: 10m, tags: ["product:#{#path.id}"], ignore-headers: ["*"] }
  - { path: "/mvc/public/**", ttl: 10m }
  - { path: "/mvc/account", ttl: 10m }
  - { path: "/mvc/orders/{id}", ttl: 10m, key: [session] }
  - { path: "/mvc/invoices/{id}", ttl: 10m, key: [principal] }
""";

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private static WebJvm jvm;

  @BeforeAll
  static void start() {
    jvm = WebJvm.start(TestRedis.shared(), RULES, Map.of(), FrameworkShop.class);
  }

  @AfterAll
  static void stop() {
    jvm.close();
  }

  @Test
  void aResourceOfJerseyIsCached() {
    jvm.get("/rest/products/1").mustBeForwarded("uri-miss").mustSay(200, "run 1 of 1");

    Eventually.eventually("a hit", () -> jvm.get("/rest/products/1").isHit());
    Reply hit = jvm.get("/rest/products/1").mustBeHit().mustSay(200, "run 1 of 1");
    assertEquals(304, jvm.get("/rest/products/1", "If-None-Match", hit.header("etag")).status());
    assertEquals("", jvm.head("/rest/products/1").mustBeHit().text());
  }

  @Test
  void aServiceMethodDropsTheResourceOfJersey() {
    jvm.get("/rest/products/2");
    Eventually.eventually("a hit", () -> jvm.get("/rest/products/2").isHit());

    assertEquals(204, jvm.post("/rest/prices/2").status());

    jvm.get("/rest/products/2").mustSay(200, "run 2 of 2");
  }

  @Test
  void aPostDropsTheResourceOfJersey() {
    jvm.get("/rest/products/3");
    Eventually.eventually("a hit", () -> jvm.get("/rest/products/3").isHit());

    assertEquals(204, jvm.post("/rest/products/3").status());

    jvm.get("/rest/products/3").mustSay(200, "run 2 of 3");
  }

  @Test
  void aPublicPageBehindSpringSecurityIsCached() {
    jvm.get("/mvc/public/news").mustSay(200, "news, run 1");

    Eventually.eventually("a hit", () -> jvm.get("/mvc/public/news").isHit());
    Reply hit = jvm.get("/mvc/public/news").mustBeHit().mustSay(200, "news, run 1");
    assertEquals("no-cache, no-store, max-age=0, must-revalidate", hit.header("cache-control"));
    assertEquals("DENY", hit.header("x-frame-options"));
  }

  @Test
  void aPageWithACsrfTokenIsNotCached() {
    Reply first = jvm.get("/mvc/public/form");
    Reply second = jvm.get("/mvc/public/form");

    assertTrue(first.text().startsWith("token "), first::toString);
    assertFalse(second.isHit(), second::toString);
    assertNotEquals(first.text(), second.text());
  }

  @Test
  void nobodySeesAPageOfSomebodyElse() {
    String ann = logIn("ann");
    String bob = logIn("bob");
    for (int i = 0; i < 3; i++) {
      for (String path : new String[] {"/mvc/account", "/mvc/public/greeting", "/mvc/orders/7"}) {
        assertIsFor("ann", path, ann);
        assertIsFor("bob", path, bob);
        Reply nobody = jvm.get(path);
        assertFalse(nobody.text().contains(" ann") || nobody.text().contains(" bob"), path);
      }
    }
    assertEquals(302, jvm.get("/mvc/account").status());
    assertEquals(302, jvm.get("/mvc/orders/7").status());
  }

  private static void assertIsFor(String user, String path, String session) {
    Reply reply = jvm.get(path, "Cookie", session);
    assertTrue(reply.text().contains(" " + user), reply::toString);
  }

  @Test
  void eachUserHasAPageOfItsOwnWhereTheSessionIsInTheKey() {
    String ann = logIn("ann");
    String bob = logIn("bob");
    jvm.get("/mvc/orders/8", "Cookie", ann).mustSay(200, "order 8 of ann, run 1");

    Eventually.eventually("a hit", () -> jvm.get("/mvc/orders/8", "Cookie", ann).isHit());

    jvm.get("/mvc/orders/8", "Cookie", bob).mustSay(200, "order 8 of bob, run 1");
    assertEquals(302, jvm.get("/mvc/orders/8").status());
    assertEquals(302, jvm.get("/mvc/orders/8", "Cookie", "JSESSIONID=forged").status());
  }

  @Test
  void thePrincipalInTheKeyIsNotEnoughWhereSpringLooksIntoTheSession() {
    String ann = logIn("ann");

    Reply reply = jvm.get("/mvc/invoices/9", "Cookie", ann);

    assertTrue(reply.cacheStatus().contains("detail=session"), reply::toString);
    reply.mustSay(200, "order 9 of ann, run 1");
  }

  /** Returns the cookie of a new session. */
  private static String logIn(String user) {
    Reply form = jvm.get("/mvc/login");
    Matcher token = TOKEN.matcher(form.text());
    assertTrue(token.find(), form::toString);
    Reply done =
        jvm.postForm(
            "/mvc/login",
            "username=" + user + "&password=" + user + "&_csrf=" + token.group(1),
            "Cookie",
            cookie(form));
    assertEquals(302, done.status(), done::toString);
    assertFalse(done.header("location").contains("error"), done::toString);
    return cookie(done);
  }

  private static String cookie(Reply reply) {
    String cookie = reply.header("set-cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }
}
