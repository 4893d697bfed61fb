package io.github.rediscached.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sample shop: a Spring Boot jar with jars in it, and its services behind CGLIB proxies. */
class SpringBootJarTest {

  private static final Path FOLDER = Path.of("../sample-app");
  private static final Path JAR = FOLDER.resolve("target/sample-app.jar").toAbsolutePath();

  /** Two of the methods are only named in the shop's rediscached.yaml. */
  private static final Map<String, String> PATH_BY_CACHE =
      Map.of(
          "reports", "/reports/sales-by-category",
          "searches", "/search?q=oak",
          "categories", "/categories/garden?page=0",
          "products", "/products/7",
          "users", "/users/3");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void methodsInNestedJarsAndBehindProxiesAreCachedOnce() throws Exception {
    int port = TestRedis.freePort();
    try (RunningJvm shop = shop(port)) {
      Eventually.eventually("the shop answers", () -> get(port, "/").statusCode() == 404);
      for (String path : PATH_BY_CACHE.values()) {
        HttpResponse<String> first = get(port, path);
        assertEquals(200, first.statusCode(), first::body);
        assertEquals(first.body(), get(port, path).body());
      }
      try (Beans beans = Beans.of(shop)) {
        for (String cache : PATH_BY_CACHE.keySet()) {
          assertEquals(
              List.of(1L, 1L, 1L),
              List.of(
                  beans.count(cache, "Hits"),
                  beans.count(cache, "Misses"),
                  beans.count(cache, "Puts")),
              cache);
        }
        assertEquals(List.of(), beans.texts(Beans.AGENT, "RejectedMethods"));
      }
      assertTrue(shop.soFar().log().isEmpty(), () -> shop.soFar().toString());
    }
  }

  private static RunningJvm shop(int port) {
    return Jvm.ofJar(
            JAR,
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--shop.database-url=jdbc:h2:mem:shop",
            "--shop.products=2000",
            "--shop.users=300",
            "--shop.sales=6001")
        .on(TestRedis.shared())
        .directory(FOLDER)
        .start();
  }

  private static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
