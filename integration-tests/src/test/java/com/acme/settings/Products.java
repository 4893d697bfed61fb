package com.acme.settings;

import io.github.rediscached.RedisCached;

/** Two methods for rules and one with an annotation. */
class Products {

  private int runs;

  /** Of any method, since it was last asked. */
  int runs() {
    int soFar = runs;
    runs = 0;
    return soFar;
  }

  String name(int id) {
    runs++;
    return "product-" + id;
  }

  String description(int length) {
    runs++;
    return "x".repeat(length);
  }

  @RedisCached(cache = "annotated")
  String annotated(int id) {
    runs++;
    return "annotated-" + id;
  }
}
