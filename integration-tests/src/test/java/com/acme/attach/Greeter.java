package com.acme.attach;

import io.github.rediscached.RedisCached;

/** An interface whose implementation is loaded before the agent. */
interface Greeter {

  @RedisCached(cache = "inherited")
  String greetAll(String names);
}
