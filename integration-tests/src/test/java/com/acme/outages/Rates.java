package com.acme.outages;

import io.github.rediscached.RedisCached;
import java.util.concurrent.atomic.AtomicInteger;

/** A method that is cached while there is a Redis. */
class Rates {

  final AtomicInteger runs = new AtomicInteger();

  @RedisCached(cache = "rates", ttl = "10m")
  String rate(String currency) {
    runs.incrementAndGet();
    return "rate-" + currency;
  }
}
