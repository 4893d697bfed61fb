package com.acme.webshop;

import io.github.rediscached.RedisCached;

/** Annotated for those that implement it. */
public interface Prices {

  /** In cents. */
  @RedisCached(cache = "prices", ttl = "1m")
  int priceOf(Product product);
}
