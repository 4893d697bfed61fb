package com.acme.http;

import io.github.rediscached.RedisEvict;

/** A service of the application that knows nothing of its web pages. */
final class Prices {

  @RedisEvict(tags = "product:#{#id}")
  String change(String id) {
    return "changed " + id;
  }
}
