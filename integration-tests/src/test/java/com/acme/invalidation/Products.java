package com.acme.invalidation;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Cached methods and those that change what they return. */
class Products {

  /** What a product is, with its owner, who is known only from it. */
  record Product(String id, String owner, String price) {}

  private final Store store;

  Products(Store store) {
    this.store = store;
  }

  @RedisCached(cache = "products", key = "#id")
  Product byKey(String id) {
    return load(id);
  }

  @RedisCached(
      cache = "tagged",
      tags = {"product:#{#id}", "all", "never:#{null}"})
  Product byTag(String id) {
    return load(id);
  }

  @RedisCached(cache = "owned", tags = "owner:#{#result.owner}")
  Product byOwner(String id) {
    return load(id);
  }

  /** A hundred tags of its own. */
  @RedisCached(cache = "many", tags = "#{#root.target.parts(#id, 100)}")
  Product byManyTags(String id) {
    return load(id);
  }

  /** As many as an entry may have. */
  @RedisCached(cache = "verymany", tags = "#{#root.target.parts(#id, 1000)}")
  Product byVeryManyTags(String id) {
    return load(id);
  }

  @RedisCached(
      cache = "toomany",
      key = "#id",
      tags = "#{#root.target.parts(#result.price(), 1001)}")
  Product byTooManyTags(String id) {
    return load(id);
  }

  @RedisCached(cache = "toomanyofarguments", tags = "#{#root.target.parts(#id, 1001)}")
  Product byTooManyTagsOfArguments(String id) {
    return load(id);
  }

  public List<String> parts(String id, int count) {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tags.add("part:" + id + ":" + i);
    }
    return tags;
  }

  /** One tag, twice. */
  @RedisCached(
      cache = "twice",
      tags = {"product:#{#id}", "product:#{#p0}"})
  Product byTagTwice(String id) {
    return load(id);
  }

  private Product load(String id) {
    store.note("load-" + id);
    String[] value = store.read(id).split("/", -1);
    return new Product(id, value.length > 1 ? value[1] : "nobody", value[0]);
  }

  @RedisEvict(cache = "products", key = "#id")
  void setByKey(String id, String price) {
    store.write(id, price);
  }

  /** The default key of an eviction: all arguments. */
  @RedisEvict(cache = "products")
  boolean forget(String id) {
    return true;
  }

  @RedisEvict(tags = "product:#{#id}")
  int setByTag(String id, String price) {
    store.write(id, price);
    return price.length();
  }

  @RedisEvict(tags = "owner:#{#owner}")
  static void ownerChanged(String owner) {}

  @RedisEvict(tags = "part:#{#id}:#{#part}")
  void partChanged(String id, int part) {}

  @RedisEvict(tags = "#{#root.target.parts(#id, 20000)}")
  void allPartsChanged(String id) {}

  @RedisEvict(cache = "tagged", allEntries = true)
  @RedisEvict(cache = "owned", allEntries = true)
  @RedisEvict(cache = "futureOwned", allEntries = true)
  void allChanged() {}

  @RedisEvict(keyPattern = "#{#namespace}:products:4?")
  void fortiesChanged(String namespace) {}

  @RedisPut(cache = "products", key = "#id", unless = "#result.price.isEmpty()")
  Product put(String id, String price) {
    store.write(id, price);
    return new Product(id, "nobody", price);
  }

  @RedisEvict(cache = "products", key = "#id", condition = "#result > 10")
  int evictIfLarge(String id, int size) {
    return size;
  }

  @RedisEvict(cache = "products", key = "#id")
  void evictAndFail(String id) {
    throw new IllegalStateException("expected");
  }

  @RedisEvict(cache = "products", key = "#id", onException = true)
  void evictOnFailure(String id) {
    throw new IllegalStateException("expected");
  }

  @RedisEvict(cache = "products", key = "#id", beforeInvocation = true)
  void evictBefore(String id) {
    throw new IllegalStateException("expected");
  }

  @RedisCached(cache = "slow", key = "#id")
  String slow(String id, long millis) {
    store.note("slow-" + id);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    long end = System.nanoTime();
    return id + " loaded until " + end;
  }

  @RedisCached(cache = "failing", key = "#id")
  String failing(String id, long millis) {
    store.note("failing-" + id);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    throw new IllegalStateException(id + " " + Thread.currentThread().getName());
  }

  /** Calls itself with the same arguments, once. */
  @RedisCached(cache = "recursive", key = "#id")
  String recursive(String id, boolean again) {
    return again ? recursive(id, false) + "!" : id;
  }

  /** Two of them call each other crosswise. */
  @RedisCached(cache = "crosswise", key = "#id")
  String crosswise(String id, String other, java.util.concurrent.CyclicBarrier both)
      throws Exception {
    if (both != null) {
      both.await();
      return id + crosswise(other, id, null);
    }
    return id;
  }

  @RedisCached(cache = "refreshed", key = "#id", ttl = "10m", refreshAfter = "1ms")
  String refreshed(String id) {
    store.note("refreshed-" + id);
    return store.read(id);
  }

  @RedisCached(cache = "stale", key = "#id", ttl = "1ms", staleOnError = "10m")
  String staleOnError(String id) {
    if (store.read(id).equals("broken")) {
      throw new IllegalStateException("expected");
    }
    return store.read(id);
  }

  @RedisCached(cache = "stale", key = "#id", ttl = "1ms", staleOnError = "10m")
  int staleNumber(String id) {
    return Integer.parseInt(store.read(id));
  }

  /** A result that can be changed. */
  @RedisCached(cache = "names", key = "#id")
  List<String> names(String id) {
    store.note("load-" + id);
    return new ArrayList<>(List.of(store.read(id)));
  }

  @RedisCached(cache = "shared", key = "#id", nearShare = true)
  List<String> shared(String id) {
    store.note("load-" + id);
    return new ArrayList<>(List.of(store.read(id)));
  }

  @RedisCached(cache = "far", near = "off")
  String far(String id) {
    store.note("load-" + id);
    return store.read(id);
  }

  @RedisCached(cache = "brief", near = "50ms")
  String brief(String id) {
    store.note("load-" + id);
    return store.read(id);
  }

  /** A tag that may be none. */
  @RedisCached(cache = "perhaps", tags = "#{#result.isEmpty() ? null : #result}")
  String perhaps(String id) {
    store.note("load-" + id);
    return store.read(id);
  }

  @RedisCached(cache = "futures", tags = "product:#{#id}")
  CompletableFuture<Product> future(String id) {
    return CompletableFuture.supplyAsync(() -> load(id));
  }

  @RedisCached(cache = "futureOwned", tags = "owner:#{#result.owner}")
  CompletableFuture<Product> futureByOwner(String id) {
    return CompletableFuture.supplyAsync(() -> load(id));
  }

  @RedisCached(cache = "futureNames", key = "#id")
  CompletableFuture<List<String>> futureNames(String id) {
    return CompletableFuture.supplyAsync(() -> names(id));
  }

  @RedisCached(cache = "futureFailures", cachedExceptions = IllegalArgumentException.class)
  CompletableFuture<String> futureFails(String id) {
    return CompletableFuture.failedFuture(new IllegalArgumentException(id));
  }

  @RedisCached(cache = "shortLived", ttl = "300ms")
  String shortLived(String id) {
    store.note("load-" + id);
    return store.read(id);
  }

  @RedisCached(cache = "numbers")
  long sum(byte first, char second, long third) {
    store.note("load-sum");
    return first + second + third;
  }

  @RedisCached(cache = "squares")
  int square(int number) {
    store.note("load-square");
    return number * number;
  }

  @RedisCached(cache = "failures", cachedExceptions = IllegalArgumentException.class)
  String fails(String id) {
    store.note("load-" + id);
    throw new IllegalArgumentException(id);
  }
}
