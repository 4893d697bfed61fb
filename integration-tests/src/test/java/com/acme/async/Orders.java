package com.acme.async;

import io.github.rediscached.RedisCached;
import java.util.concurrent.CompletableFuture;

/** A default method that answers for those who implement it. */
interface Orders {

  CompletableFuture<String> load(int id);

  @RedisCached(cache = "orders", key = "#id")
  default CompletableFuture<String> order(int id) {
    return load(id);
  }
}
