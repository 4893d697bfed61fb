package io.github.rediscached.sample;

import java.util.List;

/**
 * A change that the demo makes and takes back.
 *
 * @param name with placeholders
 * @param readPath what shows the change
 * @param part the name of the JSON object in it that, put to {@code writePath}, takes it back
 * @param change JSON
 */
record Update(String name, String readPath, String part, String writePath, String change) {

  /**
   * All of them.
   *
   * @param number makes the changes differ from those of an earlier demo that did not come to its
   *     end
   */
  static List<Update> all(long number) {
    return List.of(
        new Update(
            "PUT /products/{id}/price",
            "/products/777",
            "product",
            "/products/777/price",
            "{\"price\": %d.56}".formatted(1_000 + number)),
        new Update(
            "PUT /products/{id}/price, sales",
            "/products/778/sales",
            "product",
            "/products/778/price",
            "{\"price\": %d.65}".formatted(1_000 + number)),
        new Update(
            "PUT /users/{id}",
            "/users/777",
            "user",
            "/users/777",
            "{\"name\": \"Zoë Zimmer %d\", \"email\": \"zoe@example.com\", \"city\": \"Oslo\"}"
                .formatted(number)));
  }
}
