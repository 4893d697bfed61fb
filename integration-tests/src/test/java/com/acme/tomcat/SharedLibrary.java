package com.acme.tomcat;

import io.github.rediscached.RedisCached;

/** A library that all web applications share, and that outlives them. */
public final class SharedLibrary {

  private SharedLibrary() {}

  /** Its argument may be of a web application's class, and is part of the key. */
  @RedisCached(cache = "descriptions", ttl = "1m")
  public static String describe(Object item) {
    return "described " + item;
  }

  /** Its expressions look into an object of a web application's class. */
  @RedisCached(
      cache = "labels",
      ttl = "1m",
      key = "#item.id() + #item.toString()",
      condition = "#item.id() > 0",
      unless = "#item.toString() == #result")
  public static String label(Object item) {
    return "labelled " + item;
  }

  /** Its result may be of a web application's class, and is not stored then. */
  @RedisCached(cache = "echoes", ttl = "1m", key = "'echo' + #item.toString()")
  public static Object echo(Object item) {
    return item;
  }

  /** May throw an exception of a web application's class. */
  @RedisCached(
      cache = "failures",
      ttl = "1m",
      key = "'failure' + #failure.message",
      cachedExceptions = Exception.class)
  public static Object fail(Exception failure) throws Exception {
    throw failure;
  }
}
