package io.github.rediscached.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the demo asks of one endpoint.
 *
 * @param name with placeholders
 * @param cache which cache answers
 * @param rehearsal paths that are asked first and not measured
 * @param paths paths that are asked cold, then again and again
 */
record Endpoint(String name, String cache, List<String> rehearsal, List<String> paths) {

  static final List<Endpoint> ALL =
      List.of(
          new Endpoint(
              "GET /reports/sales-by-category",
              "reports",
              List.of(),
              List.of("/reports/sales-by-category")),
          new Endpoint(
              "GET /search?q=",
              "searches",
              searches("cork", "walnut chair", "linen"),
              searches("oak", "steel lamp", "rainy days", "Nordic wool", "müller", "garden")),
          new Endpoint(
              "GET /categories/{name}?page=",
              "categories",
              numbers("/categories/garden?page=", 40, 60),
              Stream.concat(
                      numbers("/categories/books?page=", 0, 10).stream(),
                      numbers("/categories/toys?page=", 200, 210).stream())
                  .toList()),
          new Endpoint(
              "GET /products/{id}",
              "products",
              numbers("/products/", 1_000, 1_040),
              numbers("/products/", 10, 30)),
          new Endpoint(
              "GET /users/{id}",
              "users",
              numbers("/users/", 1_000, 1_040),
              numbers("/users/", 10, 30)),
          new Endpoint(
              "GET /products/{id}/sales", "product-sales", sales(1_000, 1_040), sales(10, 30)),
          new Endpoint(
              "GET /categories/{name}/prices",
              "category-prices",
              prices("garden", "tools", "kitchen"),
              prices("books", "toys", "music", "shoes", "lighting")));

  private static List<String> searches(String... texts) {
    return Stream.of(texts)
        .map(text -> "/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
        .toList();
  }

  private static List<String> sales(int from, int end) {
    return numbers("/products/", from, end).stream().map(path -> path + "/sales").toList();
  }

  private static List<String> prices(String... categories) {
    return Stream.of(categories).map(name -> "/categories/" + name + "/prices").toList();
  }

  private static List<String> numbers(String prefix, int from, int end) {
    return IntStream.range(from, end).mapToObj(number -> prefix + number).toList();
  }
}
