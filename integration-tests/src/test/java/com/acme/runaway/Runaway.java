package com.acme.runaway;

import com.acme.console.Console;
import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Methods that call themselves without end, and cached ones on their way down. */
public final class Runaway {

  private static final int CHILDREN = 7;

  private final AtomicInteger version = new AtomicInteger();
  private final ConcurrentHashMap<Integer, Integer> stock = new ConcurrentHashMap<>();
  private volatile int children = CHILDREN;
  private int deepest;

  private Runaway() {}

  public static void main(String[] arguments) throws IOException {
    new Runaway().console().serve();
  }

  private Console console() {
    return new Console()
        .on("far", number -> far(Integer.parseInt(number)))
        .on("near", number -> near(Integer.parseInt(number)))
        .on("later", number -> later(Integer.parseInt(number)).join())
        .on("overflow", this::overflow)
        .on("overflowElsewhere", this::overflowElsewhere)
        .on("stock", item -> stock(Integer.parseInt(item)))
        .on("change", item -> change(Integer.parseInt(item)));
  }

  @RedisCached(cache = "far", key = "#p0", near = "off")
  String far(int number) {
    return "far " + number;
  }

  @RedisCached(cache = "near", key = "#p0")
  String near(int number) {
    return "near " + number;
  }

  @RedisCached(cache = "later", key = "#p0")
  CompletableFuture<String> later(int number) {
    return CompletableFuture.completedFuture("later " + number);
  }

  @RedisCached(cache = "stock", key = "#p0")
  int stock(int item) {
    return stock.getOrDefault(item, 0);
  }

  @RedisEvict(cache = "stock", key = "#p0")
  int change(int item) {
    int changed = version.incrementAndGet();
    stock.put(item, changed);
    return changed;
  }

  /** One, with calls for which nothing is known yet. */
  private String overflowElsewhere(String kind) throws InterruptedException {
    children = Integer.MAX_VALUE;
    String done = overflow(kind + " 1");
    children = CHILDREN;
    return done;
  }

  /** So many overflows, each with calls near the end of the stack. */
  private String overflow(String words) throws InterruptedException {
    String[] parts = words.split(" ", -1);
    IntConsumer call =
        switch (parts[0]) {
          case "far" -> this::far;
          case "near" -> this::near;
          case "later" -> this::later;
          default -> this::change;
        };
    int times = Integer.parseInt(parts[1]);
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < times; i++) {
                overflowOnce(call);
              }
            });
    thread.start();
    thread.join();
    return "overflowed";
  }

  private void overflowOnce(IntConsumer call) {
    // First to find out how deep that is.
    overflow(Integer.MAX_VALUE, call);
    overflow(deepest * 3 / 4, call);
  }

  private void overflow(int from, IntConsumer call) {
    try {
      walk(0, from, call);
    } catch (StackOverflowError e) {
      // As a server would go on.
    }
  }

  private int walk(int depth, int from, IntConsumer call) {
    deepest = depth;
    if (depth > from) {
      call.accept(depth % children);
    }
    return walk(depth + 1, from, call) + 1;
  }
}
