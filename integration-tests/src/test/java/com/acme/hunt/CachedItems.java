package com.acme.hunt;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Methods for each kind of invalidation, as users write them. */
class CachedItems implements Items {

  private final Ledger ledger;
  private final PerKind loads = new PerKind();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);

  CachedItems(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public CompletableFuture<Item> read(Kind kind, int id) {
    return switch (kind) {
      case KEY -> completedFuture(byKey(id));
      case TAG -> completedFuture(byTag(id));
      case RESULT_TAG -> completedFuture(byResultTag(id));
      case PUT -> completedFuture(byPut(id));
      case CACHE -> completedFuture(byCache(id));
      case PATTERN -> completedFuture(byPattern(id));
      case FUTURE_KEY -> futureByKey(id);
      case FUTURE_TAG -> futureByTag(id);
      case FUTURE_RESULT_TAG -> futureByResultTag(id);
      case FUTURE_PUT -> futureByPut(id);
    };
  }

  @Override
  public Item change(Kind kind, int id) {
    return switch (kind) {
      case KEY -> changeByKey(id);
      case TAG -> changeByTag(id);
      case RESULT_TAG -> changeByResultTag(id);
      case PUT -> changeByPut(id);
      case CACHE -> changeByCache(id);
      case PATTERN -> changeByPattern(id);
      case FUTURE_KEY -> changeByFutureKey(id);
      case FUTURE_TAG -> changeByFutureTag(id);
      case FUTURE_RESULT_TAG -> changeByFutureResultTag(id);
      case FUTURE_PUT -> changeByFuturePut(id);
    };
  }

  @RedisCached(cache = "hunt-key", key = "#id", ttl = "1m")
  Item byKey(int id) {
    return load(Kind.KEY, id);
  }

  @RedisEvict(cache = "hunt-key", key = "#id")
  Item changeByKey(int id) {
    return write(Kind.KEY, id);
  }

  @RedisCached(cache = "hunt-tag", key = "#id", ttl = "1m", tags = "item:#{#id}")
  Item byTag(int id) {
    return load(Kind.TAG, id);
  }

  @RedisEvict(tags = "item:#{#id}")
  Item changeByTag(int id) {
    return write(Kind.TAG, id);
  }

  @RedisCached(cache = "hunt-result", key = "#id", ttl = "1m", tags = "found:#{#result.id}")
  Item byResultTag(int id) {
    return load(Kind.RESULT_TAG, id);
  }

  @RedisEvict(tags = "found:#{#id}")
  Item changeByResultTag(int id) {
    return write(Kind.RESULT_TAG, id);
  }

  @RedisCached(cache = "hunt-put", key = "#id", ttl = "1m")
  Item byPut(int id) {
    return load(Kind.PUT, id);
  }

  @RedisPut(cache = "hunt-put", key = "#id", ttl = "1m")
  Item changeByPut(int id) {
    return write(Kind.PUT, id);
  }

  @RedisCached(cache = "hunt-cache", key = "#id", ttl = "1m")
  Item byCache(int id) {
    return load(Kind.CACHE, id);
  }

  @RedisEvict(cache = "hunt-cache", allEntries = true)
  Item changeByCache(int id) {
    return write(Kind.CACHE, id);
  }

  @RedisCached(cache = "hunt-pattern", key = "#id", ttl = "1m")
  Item byPattern(int id) {
    return load(Kind.PATTERN, id);
  }

  @RedisEvict(keyPattern = "hunt:hunt-pattern:#{#id}*")
  Item changeByPattern(int id) {
    return write(Kind.PATTERN, id);
  }

  @RedisCached(cache = "hunt-future-key", key = "#id", ttl = "1m")
  CompletableFuture<Item> futureByKey(int id) {
    return loadLater(Kind.FUTURE_KEY, id);
  }

  @RedisEvict(cache = "hunt-future-key", key = "#id")
  Item changeByFutureKey(int id) {
    return write(Kind.FUTURE_KEY, id);
  }

  @RedisCached(cache = "hunt-future-tag", key = "#id", ttl = "1m", tags = "future:#{#id}")
  CompletableFuture<Item> futureByTag(int id) {
    return loadLater(Kind.FUTURE_TAG, id);
  }

  @RedisEvict(tags = "future:#{#id}")
  Item changeByFutureTag(int id) {
    return write(Kind.FUTURE_TAG, id);
  }

  @RedisCached(
      cache = "hunt-future-result",
      key = "#id",
      ttl = "1m",
      tags = "found-later:#{#result.id}")
  CompletableFuture<Item> futureByResultTag(int id) {
    return loadLater(Kind.FUTURE_RESULT_TAG, id);
  }

  @RedisEvict(tags = "found-later:#{#id}")
  Item changeByFutureResultTag(int id) {
    return write(Kind.FUTURE_RESULT_TAG, id);
  }

  @RedisCached(cache = "hunt-future-put", key = "#id", ttl = "1m")
  CompletableFuture<Item> futureByPut(int id) {
    return loadLater(Kind.FUTURE_PUT, id);
  }

  @RedisPut(cache = "hunt-future-put", key = "#id", ttl = "1m")
  Item changeByFuturePut(int id) {
    return write(Kind.FUTURE_PUT, id);
  }

  /**
   * Reads first and mostly takes its time then: so what it returns may be old already, and where
   * Redis is away, and each call a load, these calls do not outnumber the hits.
   */
  private Item load(Kind kind, int id) {
    loads.increment(kind);
    Item item = new Item(id, ledger.version(kind, id));
    Dice dice = Dice.ofThread();
    if (!dice.once(4)) {
      dice.pause(longest(dice));
    }
    return item;
  }

  /** The same, but nobody's thread waits. */
  private CompletableFuture<Item> loadLater(Kind kind, int id) {
    loads.increment(kind);
    Item item = new Item(id, ledger.version(kind, id));
    Dice dice = Dice.ofThread();
    if (dice.once(4)) {
      return completedFuture(item);
    }
    CompletableFuture<Item> later = new CompletableFuture<>();
    clock.schedule(() -> later.complete(item), dice.upTo(longest(dice) + 1), TimeUnit.MILLISECONDS);
    return later;
  }

  private Item write(Kind kind, int id) {
    Item item = new Item(id, ledger.change(kind, id));
    Dice dice = Dice.ofThread();
    if (dice.once(4)) {
      dice.pause(longest(dice));
    }
    return item;
  }

  private static int longest(Dice dice) {
    return dice.once(20) ? 200 : 30;
  }

  @Override
  public long loads(Kind kind) {
    return loads.of(kind);
  }
}
