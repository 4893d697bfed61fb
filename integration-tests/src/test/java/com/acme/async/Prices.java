package com.acme.async;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cached methods that return futures; those of {@link #future} are done when the test says so. */
class Prices implements Orders {

  record Price(String item, int cents) {}

  static final class NoSuchPriceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoSuchPriceException(String item) {
      super(item);
    }
  }

  final AtomicInteger runs = new AtomicInteger();

  /** Runs in the background, which may be after the test, so they do not count among all. */
  private final AtomicInteger refreshes = new AtomicInteger();

  /** Runs that have come to the gate. */
  final AtomicInteger waiting = new AtomicInteger();

  private final Map<String, CompletableFuture<String>> held = new ConcurrentHashMap<>();
  volatile boolean broken;
  volatile String thread = "";
  volatile String contextLoader = "";

  private CompletableFuture<String> counted(String value) {
    thread = Thread.currentThread().getName();
    contextLoader = String.valueOf(Thread.currentThread().getContextClassLoader());
    return CompletableFuture.completedFuture(value + " #" + runs.incrementAndGet());
  }

  @Override
  public CompletableFuture<String> load(int id) {
    return counted("order-" + id);
  }

  @RedisCached(cache = "text", key = "#item")
  CompletableFuture<String> text(String item) {
    return counted(item);
  }

  @RedisCached(cache = "later", key = "#item")
  CompletableFuture<Price> later(String item) {
    return CompletableFuture.supplyAsync(() -> new Price(item, runs.incrementAndGet()));
  }

  @RedisCached(cache = "list", key = "#item")
  CompletableFuture<List<String>> list(String item) {
    return CompletableFuture.completedFuture(
        new ArrayList<>(List.of(item, Integer.toString(runs.incrementAndGet()))));
  }

  @RedisCached(cache = "stage", key = "#item")
  CompletionStage<String> stage(String item) {
    return counted(item);
  }

  @SuppressWarnings("rawtypes")
  @RedisCached(cache = "raw", key = "#item")
  CompletableFuture raw(String item) {
    return counted(item);
  }

  @RedisCached(cache = "wild", key = "#item")
  CompletableFuture<? extends CharSequence> wild(String item) {
    return counted(item);
  }

  @RedisCached(cache = "nothing")
  CompletableFuture<@Nullable String> nothing(String item) {
    runs.incrementAndGet();
    return CompletableFuture.completedFuture(null);
  }

  @RedisCached(cache = "no-null", cacheNull = false)
  CompletableFuture<@Nullable String> nothingNotStored(String item) {
    runs.incrementAndGet();
    return CompletableFuture.completedFuture(null);
  }

  @RedisCached(cache = "no-future")
  @Nullable CompletableFuture<String> noFuture(String item) {
    runs.incrementAndGet();
    return null;
  }

  @RedisCached(cache = "throws")
  CompletableFuture<String> throwing(String item) {
    throw new IllegalStateException("thrown #" + runs.incrementAndGet());
  }

  @RedisCached(cache = "fails")
  CompletableFuture<String> failing(String item) {
    return CompletableFuture.supplyAsync(
        () -> {
          throw new IllegalStateException("failed #" + runs.incrementAndGet());
        });
  }

  @RedisCached(cache = "missing", cachedExceptions = NoSuchPriceException.class)
  CompletableFuture<String> missing(String item) {
    return CompletableFuture.supplyAsync(
        () -> {
          throw new NoSuchPriceException(item + " #" + runs.incrementAndGet());
        });
  }

  @RedisCached(cache = "conditional", condition = "#item.length() > 1")
  CompletableFuture<String> conditional(String item) {
    return counted(item);
  }

  @RedisCached(cache = "unless", unless = "#result.startsWith('no')")
  CompletableFuture<String> unless(String item) {
    return counted(item);
  }

  @RedisCached(cache = "tagged", tags = "first:#{#result.substring(0, 1)}")
  CompletableFuture<String> tagged(String item) {
    return counted(item);
  }

  @RedisCached(cache = "by-list")
  CompletableFuture<String> byList(List<String> items) {
    runs.incrementAndGet();
    return future(items.get(0));
  }

  @RedisCached(cache = "by-lambda")
  CompletableFuture<String> byLambda(Supplier<String> item) {
    return counted(item.get());
  }

  @RedisCached(cache = "held", key = "#item")
  CompletableFuture<String> held(String item) {
    runs.incrementAndGet();
    return future(item);
  }

  /** Is done when the test says so. */
  CompletableFuture<String> future(String item) {
    return held.computeIfAbsent(item, any -> new CompletableFuture<>());
  }

  /** Whether somebody waits for it, or has done so. */
  boolean holds(String item) {
    return held.containsKey(item);
  }

  @RedisCached(cache = "self", key = "#item")
  CompletableFuture<String> ofItself(String item, boolean again) {
    runs.incrementAndGet();
    return again
        ? ofItself(item, false).thenApply(inner -> "around " + inner)
        : CompletableFuture.completedFuture(item);
  }

  @RedisCached(cache = "nested")
  CompletableFuture<String> blocking(int depth) {
    int run = runs.incrementAndGet();
    return CompletableFuture.completedFuture(
        depth == 0 ? "bottom #" + run : blocking(depth - 1).join());
  }

  /** Calls a method that calls it again. */
  @RedisCached(cache = "round", key = "#item")
  String round(String item, boolean again) {
    runs.incrementAndGet();
    return again ? "around " + halfWay(item).join() : item;
  }

  @RedisCached(cache = "half-way", key = "#item")
  CompletableFuture<String> halfWay(String item) {
    return CompletableFuture.completedFuture(round(item, false));
  }

  /** Waits for the test, but not on the thread that takes its commands. */
  @RedisCached(cache = "gated", key = "#item")
  CompletableFuture<String> gated(String item, Thread caller, CountDownLatch gate)
      throws InterruptedException {
    runs.incrementAndGet();
    if (Thread.currentThread() != caller) {
      waiting.incrementAndGet();
      gate.await();
    }
    return CompletableFuture.completedFuture(item);
  }

  @RedisCached(cache = "renewed", key = "#item", tags = "renewed")
  @RedisEvict(tags = "renewed", beforeInvocation = true)
  CompletableFuture<String> renewed(String item) {
    return CompletableFuture.supplyAsync(() -> item + " #" + runs.incrementAndGet());
  }

  @RedisCached(cache = "stale", ttl = "50ms", staleOnError = "1h")
  CompletableFuture<String> stale(String item) {
    return broken
        ? CompletableFuture.failedFuture(new IllegalStateException("broken"))
        : CompletableFuture.completedFuture(item);
  }

  @RedisCached(cache = "refreshed", ttl = "1h", refreshAfter = "1ms")
  CompletableFuture<String> refreshed(String item) {
    return CompletableFuture.supplyAsync(() -> item + " #" + refreshes.incrementAndGet());
  }

  @RedisEvict(cache = "held", key = "#item")
  void evictHeld(String item) {}

  @RedisEvict(cache = "text", key = "#item")
  void evictText(String item) {}

  @RedisEvict(tags = "first:#{#letter}")
  void evictFirst(String letter) {}

  /** What was loaded until it is done is old. */
  @RedisEvict(cache = "text", key = "#item")
  CompletableFuture<String> change(String item) {
    return future("change-" + item);
  }
}
