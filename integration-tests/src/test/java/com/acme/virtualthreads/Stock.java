package com.acme.virtualthreads;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.github.rediscached.RedisPut;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** What can be cached and evicted in each way, slow enough that others wait for it. */
class Stock {

  record Level(int item, int pieces, List<String> shelves) {}

  private final AtomicInteger loads = new AtomicInteger();

  /** Anything of it, as the number says. */
  void use(int what, int item) {
    switch (what % 20) {
      case 0 -> changed(item);
      case 1 -> moved(item);
      case 2 -> put(item);
      case 3, 4 -> later(item).join();
      case 5, 6, 7 -> counted(item);
      case 8, 9, 10 -> tagged(item);
      case 11, 12, 13 -> found(item);
      default -> level(item);
    }
  }

  @RedisCached(cache = "near", key = "#item")
  Level level(int item) {
    return load(item);
  }

  @RedisEvict(cache = "near", key = "#item")
  void changed(int item) {}

  @RedisCached(cache = "tagged", near = "off", tags = "item:#{#item}")
  Level tagged(int item) {
    return load(item);
  }

  @RedisCached(cache = "found", tags = "item:#{#result.item}")
  Level found(int item) {
    return load(item);
  }

  @RedisEvict(tags = "item:#{#item}")
  @RedisEvict(keyPattern = "virtual:counted:#{#item}*")
  void moved(int item) {}

  @RedisCached(cache = "counted", key = "#item", near = "off")
  Level counted(int item) {
    return load(item);
  }

  @RedisPut(cache = "counted", key = "#item")
  Level put(int item) {
    return load(item);
  }

  @RedisCached(cache = "later", key = "#item")
  CompletableFuture<Level> later(int item) {
    return CompletableFuture.supplyAsync(() -> load(item));
  }

  private Level load(int item) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(20_000_000));
    return new Level(item, loads.incrementAndGet(), List.of("A", "B"));
  }
}
