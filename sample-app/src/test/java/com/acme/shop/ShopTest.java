package com.acme.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole shop, over HTTP, with fewer rows. */
class ShopTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static ConfigurableApplicationContext shop;

  @BeforeAll
  static void start() {
    shop =
        SpringApplication.run(
            ShopApplication.class,
            "--server.port=0",
            "--shop.database-url=jdbc:h2:mem:shop-test;DB_CLOSE_DELAY=-1",
            "--shop.products=2000",
            "--shop.users=300",
            "--shop.sales=6001");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void theReportCountsEverySaleOnceBestCategoryFirst() throws Exception {
    JsonNode report = json(get("/reports/sales-by-category"));

    long sales = 0;
    List<Double> revenues = new ArrayList<>();
    for (JsonNode category : report) {
      sales += category.get("sales").asLong();
      revenues.add(category.get("revenue").asDouble());
    }
    assertEquals(20, report.size());
    assertEquals(6001, sales);
    assertEquals(revenues.stream().sorted((a, b) -> Double.compare(b, a)).toList(), revenues);
  }

  @Test
  void aSearchFindsProductsThatHaveAllWordsWhateverTheirCase() throws Exception {
    JsonNode result = json(get("/search?q=%20OAK%20%20chair"));

    assertTrue(result.get("total").asLong() > 0, result.toString());
    for (JsonNode product : result.get("products")) {
      String text =
          (product.get("name") + " " + product.get("description")).toLowerCase(Locale.ROOT);
      assertTrue(text.contains("oak") && text.contains("chair"), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%25", "_", "!", "%27%20OR%201%3D1%20--", "zzz"})
  void aSearchTakesNoCharacterForAPattern(String text) throws Exception {
    assertEquals("{\"total\":0,\"products\":[]}", get("/search?q=" + text).body());
  }

  @Test
  void aCategoryIsReadPageByPageCheapestFirst() throws Exception {
    List<Long> ids = new ArrayList<>();
    List<Double> prices = new ArrayList<>();
    for (int page = 0; page < 5; page++) {
      JsonNode answer = json(get("/categories/garden?page=" + page));
      assertEquals(100, answer.get("total").asLong());
      for (JsonNode product : answer.get("products")) {
        ids.add(product.get("id").asLong());
        prices.add(product.get("price").asDouble());
      }
    }
    assertEquals(100, ids.stream().distinct().count());
    assertEquals(prices.stream().sorted().toList(), prices);
    assertEquals(404, get("/categories/garden?page=5").statusCode());
  }

  @Test
  void aNewPriceIsInTheNextAnswer() throws Exception {
    JsonNode before = json(get("/products/7"));

    HttpResponse<String> answer = put("/products/7/price", "{\"price\": 12.5}");

    JsonNode after = json(get("/products/7"));
    assertEquals(200, answer.statusCode());
    assertEquals("12.50", after.get("product").get("price").toString());
    assertEquals(json(answer), after.get("product"));
    assertEquals(before.get("alsoBought"), after.get("alsoBought"));
    assertEquals(5, after.get("alsoBought").size());
  }

  @Test
  void theMonthsOfAProductHaveAllItsSalesNewestFirst() throws Exception {
    JsonNode page = json(get("/products/8"));
    JsonNode sales = json(get("/products/8/sales"));

    assertEquals(page.get("product"), sales.get("product"));
    long units = 0;
    List<Integer> months = new ArrayList<>();
    for (JsonNode month : sales.get("months")) {
      units += month.get("units").asLong();
      months.add(12 * month.get("year").asInt() + month.get("month").asInt());
    }
    assertEquals(page.get("unitsSold").asLong(), units);
    assertEquals(months.stream().distinct().sorted(Comparator.reverseOrder()).toList(), months);
  }

  @Test
  void thePricesOfACategoryAreThoseOfItsPages() throws Exception {
    JsonNode prices = json(get("/categories/tools/prices"));
    JsonNode cheapest = json(get("/categories/tools?page=0")).get("products").get(0);

    assertEquals(100, prices.get("products").asLong());
    assertEquals(cheapest.get("price"), prices.get("lowest"));
    assertTrue(
        prices.get("average").asDouble() < prices.get("highest").asDouble(), prices.toString());
    assertEquals(404, get("/categories/nothing/prices").statusCode());
  }

  @Test
  void aChangedUserIsInTheNextAnswer() throws Exception {
    JsonNode before = json(get("/users/7"));

    HttpResponse<String> answer =
        put("/users/7", "{\"name\": \"Zoë\", \"email\": \"zoe@example.com\", \"city\": \"Łódź\"}");

    JsonNode after = json(get("/users/7"));
    assertEquals(200, answer.statusCode());
    assertEquals("Zoë", after.get("user").get("name").asString());
    assertEquals("Łódź", after.get("user").get("city").asString());
    assertEquals(json(answer), after.get("user"));
    assertEquals(before.get("spentByCategory"), after.get("spentByCategory"));
    assertFalse(after.get("lastPurchases").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /products/2001, '', 404",
    "GET, /products/x, '', 400",
    "GET, /products/2001/sales, '', 404",
    "GET, /users/0, '', 404",
    "GET, /categories/nothing, '', 404",
    "GET, /categories/garden?page=-1, '', 400",
    "GET, /categories/garden?page=2147483647, '', 404",
    "GET, /search?q=%20, '', 400",
    "GET, /search, '', 400",
    "PUT, /products/2001/price, '{\"price\": 1}', 404",
    "PUT, /products/1/price, '{\"price\": 0}', 400",
    "PUT, /products/1/price, '{\"price\": 0.001}', 400",
    "PUT, /products/1/price, '{\"price\": 100000000}', 400",
    "PUT, /products/1/price, '{}', 400",
    "PUT, /products/1/price, 'cheap', 400",
    "PUT, /users/301, '{\"name\": \"a\", \"email\": \"b\", \"city\": \"c\"}', 404",
    "PUT, /users/1, '{\"name\": \" \", \"email\": \"b\", \"city\": \"c\"}', 400",
    "PUT, /users/1, '{\"name\": \"a\"}', 400",
  })
  void whatDoesNotExistOrMakesNoSenseIsRefused(String method, String path, String body, int status)
      throws Exception {
    assertEquals(status, send(method, path, body).statusCode());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  private static HttpResponse<String> put(String path, String json)
      throws IOException, InterruptedException {
    return send("PUT", path, json);
  }

  private static HttpResponse<String> send(String method, String path, String json)
      throws IOException, InterruptedException {
    String port = shop.getEnvironment().getRequiredProperty("local.server.port");
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .readTree(response.body());
  }
}
