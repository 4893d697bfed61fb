package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two JVMs with one Redis, and crowds that ask for a page that nobody has asked for before. */
class HttpTwoJvmsTest {

  private static final int CROWD = 300;

  private static final int SMALL_CROWD = 20;

  /** As in the rules below. */
  private static final Duration LOAD_WAIT = Duration.ofSeconds(16);

  private static final String RULES =
      """
      load-wait: 16s
      http:
        - { path: "/crowd/**", ttl: 10m }
        - { path: "/page/**", ttl: 10m }
        - { path: "/product/{id}", ttl: 10m, tags: ["product:#{#path.id}"] }
      """;

  private static WebJvm jvm;
  private static WebJvm other;

  @BeforeAll
  static void start() {
    Map<String, String> namespace = Map.of("namespace", TestRedis.newNamespace());
    jvm = WebJvm.start(TestRedis.shared(), RULES, namespace);
    other = WebJvm.start(TestRedis.shared(), RULES, namespace);
  }

  @AfterAll
  static void stop() {
    jvm.close();
    other.close();
  }

  @Test
  void anotherJvmHasTheHitFromRedis() {
    Reply first = jvm.get("/page/two-jvms");

    // The entry is written without keeping the first request waiting.
    Eventually.eventually("the entry", () -> jvm.get("/page/two-jvms").isHit());
    Reply hit = other.get("/page/two-jvms").mustBeHit();

    assertEquals(first.withoutTracesOfTheCache(), hit.withoutTracesOfTheCache());
    assertEquals(0, other.runs("/page/two-jvms"));
  }

  @Test
  void anEvictionInAnotherJvmDropsWhatThisOneHasInMemory() {
    jvm.get("/product/7");
    Eventually.eventually("a hit", () -> jvm.get("/product/7").isHit());
    String before = jvm.get("/product/7").text();

    other.control("change-price", "7");

    Eventually.eventually("a new page", () -> !jvm.get("/product/7").text().equals(before));
  }

  @Test
  void thePageOfACrowdIsMadeOnce() {
    assertIsMadeOnce("/crowd/one-jvm", List.of(jvm));
  }

  @Test
  void thePageOfACrowdInTwoJvmsIsMadeOnce() {
    assertIsMadeOnce("/crowd/two-jvms", List.of(jvm, other));
  }

  @Test
  void aCrowdForAPageThatIsNotStoredDoesNotQueue() {
    String path = "/crowd/unstored/a";
    List<CompletableFuture<Reply>> crowd = new ArrayList<>();
    for (int i = 0; i < SMALL_CROWD; i++) {
      crowd.add(jvm.getLater(path));
    }
    Eventually.eventually("all requests", () -> jvm.count("arrived " + path) == SMALL_CROWD);
    assertEquals(1, jvm.runs(path));

    jvm.open(path + " first");

    long start = System.nanoTime();
    // None of them ends before all have begun.
    Eventually.eventually("all runs", () -> jvm.runs(path) == SMALL_CROWD);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    jvm.open(path + " others");
    assertTrue(taken.compareTo(LOAD_WAIT.dividedBy(2)) < 0, taken::toString);
    crowd.forEach(each -> assertEquals(200, each.join().status()));
  }

  /** The page's handler goes on when all requests are there. */
  private static void assertIsMadeOnce(String path, List<WebJvm> jvms) {
    List<CompletableFuture<Reply>> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(jvms.get(i % jvms.size()).getLater(path));
    }
    for (WebJvm each : jvms) {
      Eventually.eventually(
          "all requests", () -> each.count("arrived " + path) == CROWD / jvms.size());
    }
    jvms.forEach(each -> each.open(path));

    int hits = 0;
    for (CompletableFuture<Reply> each : crowd) {
      Reply reply = each.join();
      assertTrue(reply.text().startsWith("run 1 xxx"), reply::toString);
      assertEquals(200, reply.status());
      hits += reply.isHit() ? 1 : 0;
    }
    assertEquals(CROWD - 1, hits);
    assertEquals(1, jvms.stream().mapToInt(each -> each.runs(path)).sum());
  }
}
