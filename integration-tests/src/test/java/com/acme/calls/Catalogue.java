package com.acme.calls;

import io.github.rediscached.KeyIgnore;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisPut;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods that are cached in every way that an annotation can say, and count their runs. */
class Catalogue {

  private final Map<String, Integer> runs = new HashMap<>();

  /** How often a method has run. */
  int runs(String method) {
    return runs.getOrDefault(method, 0);
  }

  private void ran(String method) {
    runs.merge(method, 1, Integer::sum);
  }

  @RedisCached(cache = "ttl", ttl = "100s")
  String ttl(int id) {
    ran("ttl");
    return "ttl-" + id;
  }

  @RedisCached(cache = "default-ttl")
  String defaultTtl(int id) {
    ran("defaultTtl");
    return "default-ttl-" + id;
  }

  @RedisCached(cache = "expiring", ttl = "300ms")
  String expiring(int id) {
    ran("expiring");
    return "expiring-" + id;
  }

  @RedisCached(cache = "shared", key = "#id")
  String sharedText(long id) {
    ran("sharedText");
    return "text-" + id;
  }

  @RedisCached(cache = "shared", key = "#id")
  int sharedNumber(long id) {
    ran("sharedNumber");
    return (int) id;
  }

  @RedisCached(cache = "shared", key = "#id")
  @Nullable Object sharedNothing(long id) {
    ran("sharedNothing");
    return null;
  }

  @RedisCached(cache = "null")
  @Nullable String nothing(int id) {
    ran("nothing");
    return null;
  }

  @RedisCached(cache = "no-null", cacheNull = false)
  @Nullable String nothingNotStored(int id) {
    ran("nothingNotStored");
    return null;
  }

  @RedisCached(cache = "failing")
  String failing(RuntimeException thrown) {
    ran("failing");
    throw thrown;
  }

  @RedisCached(cache = "missing", key = "#id", cachedExceptions = NoSuchProductException.class)
  String missing(int id, Exception thrown) throws Exception {
    ran("missing");
    throw thrown;
  }

  @RedisCached(cache = "conditional", condition = "#id > 10")
  String conditional(int id) {
    ran("conditional");
    return "conditional-" + id;
  }

  @RedisCached(cache = "unless", unless = "#result.length() > 5")
  String unless(String text) {
    ran("unless");
    return text;
  }

  @RedisCached(cache = "unless-fails", unless = "#result.length() > 5")
  @Nullable String unlessFails(int id) {
    ran("unlessFails");
    return null;
  }

  @RedisPut(cache = "put-fails", unless = "#result.length() > 5")
  @Nullable String putFails(int id) {
    return null;
  }

  @RedisCached(cache = "tags-fail", tags = "#{#result.length()}")
  @Nullable String tagsFail(int id) {
    ran("tagsFail");
    return null;
  }

  @RedisCached(cache = "keyed", key = "#user.name + '-' + #p1")
  String keyed(User user, int page) {
    ran("keyed");
    return user.name() + " (" + user.mood() + ") " + page;
  }

  @RedisCached(cache = "traced")
  String traced(int id, @KeyIgnore String trace) {
    ran("traced");
    return id + " for " + trace;
  }

  @RedisCached(cache = "large")
  String text(int length) {
    ran("text");
    return "x".repeat(length);
  }

  @RedisCached(cache = "criteria")
  String byCriterion(Object criterion) {
    ran("byCriterion");
    return criterion.getClass().isHidden() ? "a lambda" : criterion.toString();
  }

  @RedisCached(cache = "plain")
  String plain(String id) {
    ran("plain");
    return "plain-" + id;
  }
}
