package com.acme.roundtrips;

import io.github.rediscached.RedisCached;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers a line with how often the method has run so far, after that many calls. */
public final class Products {

  private static int runs;

  private Products() {}

  /** A product. */
  public record Product(long id, String name, List<String> labels) {}

  public static void main(String[] args) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      for (int i = 0; i < Integer.parseInt(line); i++) {
        switch (args[0]) {
          case "tagged" -> tagged(i % 10);
          case "owned" -> owned(i % 10);
          case "future" -> later(i % 10).join();
          default -> product(i % 10, null);
        }
      }
      System.out.println(runs);
    }
  }

  @RedisCached
  static Product product(long id, Object filter) {
    runs++;
    return new Product(id, "Product " + id + filter, List.of("new", "blue"));
  }

  @RedisCached(tags = {"product:#{#id}", "products", "tenth:#{#id % 10}"})
  static Product tagged(long id) {
    return product(id);
  }

  @RedisCached(tags = "name:#{#result.name}")
  static Product owned(long id) {
    return product(id);
  }

  @RedisCached
  static CompletableFuture<Product> later(long id) {
    return CompletableFuture.completedFuture(product(id));
  }

  private static Product product(long id) {
    runs++;
    return new Product(id, "Product " + id, List.of("new", "blue"));
  }
}
