package com.acme.hunt;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;

/** Methods for each kind of invalidation, as users write them. */
class CachedItems implements Items {

  private final Ledger ledger;
  private final PerKind loads = new PerKind();

  CachedItems(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public Item read(Kind kind, int id) {
    return switch (kind) {
      case KEY -> byKey(id);
      case TAG -> byTag(id);
      case RESULT_TAG -> byResultTag(id);
      case PUT -> byPut(id);
      case CACHE -> byCache(id);
      case PATTERN -> byPattern(id);
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

  /**
   * Reads first and mostly takes its time then: so what it returns may be old already, and where
   * Redis is away, and each call a load, these calls do not outnumber the hits.
   */
  private Item load(Kind kind, int id) {
    loads.increment(kind);
    Item item = new Item(id, ledger.version(kind, id));
    Dice dice = Dice.ofThread();
    if (!dice.once(4)) {
      linger(dice);
    }
    return item;
  }

  private Item write(Kind kind, int id) {
    Item item = new Item(id, ledger.change(kind, id));
    Dice dice = Dice.ofThread();
    if (dice.once(4)) {
      linger(dice);
    }
    return item;
  }

  private static void linger(Dice dice) {
    dice.pause(dice.once(20) ? 200 : 10);
  }

  @Override
  public long loads(Kind kind) {
    return loads.of(kind);
  }
}
