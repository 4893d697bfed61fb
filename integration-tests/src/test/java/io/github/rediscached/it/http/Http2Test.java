package io.github.rediscached.it.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rediscached.it.Eventually;
import io.github.rediscached.it.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pages over HTTP/2 without TLS: the client's first request asks for an upgrade, and all others are
 * streams of the same connection.
 */
class Http2Test {

  /** Fewer than Tomcat runs at once for a connection. */
  private static final int CROWD = 15;

  private static final String RULES =
      """
      http:
        - { path: "/crowd/**", ttl: 10m }
        - { path: "/page/**", ttl: 10m }
      """;

  private static WebJvm jvm;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    jvm = WebJvm.start(TestRedis.shared(), RULES, Map.of());
    client = HttpClient.newBuilder().version(Version.HTTP_2).build();
  }

  @AfterAll
  static void stop() {
    jvm.close();
  }

  @Test
  void theRequestThatAsksForTheUpgradeMayBeAHit() {
    jvm.get("/page/upgraded");

    // A client of its own has no connection yet.
    Eventually.eventually(
        "a hit",
        () -> {
          HttpResponse<byte[]> first =
              HttpClient.newBuilder()
                  .version(Version.HTTP_2)
                  .build()
                  .send(request("GET", "/page/upgraded").build(), BodyHandlers.ofByteArray());
          assertEquals(Version.HTTP_2, first.version());
          return Reply.of(first).isHit();
        });
  }

  @Test
  void aHitIsWhatTheHandlerHasWritten() throws Exception {
    Reply first = ask("GET", "/page/h2");

    Eventually.eventually("a hit", () -> ask("GET", "/page/h2").isHit());

    Reply hit = ask("GET", "/page/h2").mustBeHit();
    assertEquals(first.withoutTracesOfTheCache(), hit.withoutTracesOfTheCache());
    Reply head = ask("HEAD", "/page/h2").mustBeHit();
    assertEquals("", head.text());
    assertEquals(hit.header("content-length"), head.header("content-length"));
    assertEquals(304, ask("GET", "/page/h2", "If-None-Match", hit.header("etag")).status());
    Reply part = ask("GET", "/page/h2", "Range", "bytes=2-5");
    assertEquals(206, part.status());
    assertArrayEquals(Arrays.copyOfRange(hit.body(), 2, 6), part.body());
  }

  @Test
  void aPostDropsThePage() throws Exception {
    ask("GET", "/page/posted");
    Eventually.eventually("a hit", () -> ask("GET", "/page/posted").isHit());

    assertEquals(204, ask("POST", "/page/posted").status());

    assertTrue(ask("GET", "/page/posted").text().startsWith("run 3 of"));
  }

  @Test
  void aCrowdOnOneConnectionHasOneRun() throws Exception {
    String path = "/crowd/h2";
    ask("GET", "/page/connected");
    List<CompletableFuture<HttpResponse<byte[]>>> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(client.sendAsync(request("GET", path).build(), BodyHandlers.ofByteArray()));
    }
    Eventually.eventually("all requests", () -> jvm.count("arrived " + path) == CROWD);

    jvm.open(path);

    for (CompletableFuture<HttpResponse<byte[]>> each : crowd) {
      HttpResponse<byte[]> answer = each.join();
      assertEquals(Version.HTTP_2, answer.version());
      assertTrue(Reply.of(answer).text().startsWith("run 1 xxx"));
    }
    assertEquals(1, jvm.runs(path));
  }

  private static HttpRequest.Builder request(String method, String path, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + jvm.port() + path))
            .timeout(Eventually.PATIENCE)
            .method(method, BodyPublishers.noBody());
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static Reply ask(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(request(method, path, headers).build(), BodyHandlers.ofByteArray());
    assertEquals(Version.HTTP_2, answer.version());
    return Reply.of(answer);
  }
}
