package com.acme.invalidation;

import com.acme.console.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Calls the methods of {@link Products} as it is told. */
public final class Shop {

  private final Store store;
  private final Products products;

  private Shop(Path folder) {
    this.store = new Store(folder);
    this.products = new Products(store);
  }

  public static void main(String[] arguments) throws IOException {
    new Shop(Path.of(arguments[0])).console().serve();
  }

  private Console console() {
    return new Console()
        .on("ping", ignored -> "pong")
        .on("write", this::write)
        .on("loads", name -> store.noted(name))
        .on("byKey", id -> products.byKey(id).price())
        .on("byTag", id -> products.byTag(id).price())
        .on("byOwner", id -> products.byOwner(id).price())
        .on("byManyTags", id -> products.byManyTags(id).price())
        .on("byVeryManyTags", id -> products.byVeryManyTags(id).price())
        .on("byTooManyTags", id -> products.byTooManyTags(id).price())
        .on("byTooManyTagsOfArguments", id -> products.byTooManyTagsOfArguments(id).price())
        .on("byTagTwice", id -> products.byTagTwice(id).price())
        .on("setByKey", words -> done(() -> products.setByKey(word(words, 0), word(words, 1))))
        .on("setByTag", words -> products.setByTag(word(words, 0), word(words, 1)))
        .on("forget", id -> products.forget(id))
        .on("ownerChanged", owner -> done(() -> Products.ownerChanged(owner)))
        .on("partChanged", words -> done(() -> products.partChanged(word(words, 0), number(words))))
        .on("allPartsChanged", id -> done(() -> products.allPartsChanged(id)))
        .on("allChanged", ignored -> done(products::allChanged))
        .on("fortiesChanged", namespace -> done(() -> products.fortiesChanged(namespace)))
        .on("put", words -> products.put(word(words, 0), word(words, 1)).price())
        .on("evictIfLarge", words -> products.evictIfLarge(word(words, 0), number(words)))
        .on("evictAndFail", id -> done(() -> products.evictAndFail(id)))
        .on("evictOnFailure", id -> done(() -> products.evictOnFailure(id)))
        .on("evictBefore", id -> done(() -> products.evictBefore(id)))
        .on("slow", words -> slow(word(words, 0), number(words)))
        .on("failing", words -> failing(word(words, 0), number(words)))
        .on("recursive", id -> products.recursive(id, true))
        .on("crosswise", this::crosswise)
        .on("refreshed", id -> products.refreshed(id))
        .on("staleOnError", id -> products.staleOnError(id))
        .on("names", id -> products.names(id))
        .on("addName", id -> products.names(id).add("changed"))
        .on("shared", id -> products.shared(id))
        .on("addShared", id -> products.shared(id).add("changed"))
        .on("future", id -> products.future(id).join().price())
        .on("futureByOwner", id -> products.futureByOwner(id).join().price())
        .on("futureNames", id -> products.futureNames(id).join())
        .on("addFutureName", id -> products.futureNames(id).join().add("changed"))
        .on("futureFails", id -> products.futureFails(id).join())
        .on("ruinFuture", id -> obtrude(products.future(id)))
        .on("perhaps", id -> products.perhaps(id))
        .on("far", id -> products.far(id))
        .on("brief", id -> products.brief(id))
        .on("shortLived", id -> products.shortLived(id))
        .on("sum", word -> products.sum((byte) 1, word.charAt(0), 3))
        .on("square", number -> products.square(Integer.parseInt(number)))
        .on("fails", id -> products.fails(id))
        .on("fill", this::fill)
        .on("staleNumber", id -> products.staleNumber(id));
  }

  private String write(String words) {
    store.write(word(words, 0), word(words, 1));
    return "written";
  }

  /** Many threads ask at once: how many different results, and the milliseconds it took. */
  private String slow(String id, int threads) throws Exception {
    long start = System.nanoTime();
    List<String> results = together(threads, () -> products.slow(id, 300));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new TreeSet<>(results).size() + " " + millis;
  }

  /** As {@link #slow}: how many different exceptions. */
  private String failing(String id, int threads) throws Exception {
    long start = System.nanoTime();
    List<String> results =
        together(
            threads,
            () -> {
              try {
                return products.failing(id, 200);
              } catch (IllegalStateException e) {
                return e.getMessage();
              }
            });
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    return new TreeSet<>(results).size() + " " + millis;
  }

  private String crosswise(String words) throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    String one = word(words, 0);
    String other = word(words, 1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<String> first = threads.submit(() -> products.crosswise(one, other, both));
      Future<String> second = threads.submit(() -> products.crosswise(other, one, both));
      return first.get() + " " + second.get();
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> together(int threads, Callable<String> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return work.call();
                }));
      }
      List<String> results = new ArrayList<>();
      for (Future<String> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Asks for so many different products, twice each. */
  private String fill(String count) {
    for (int i = 0; i < 2 * Integer.parseInt(count); i++) {
      products.square(i / 2);
    }
    return "filled";
  }

  /** Ruins a future that a call has given. */
  private static String obtrude(CompletableFuture<Products.Product> future) {
    future.obtrudeException(new IllegalStateException("ruined"));
    return "done";
  }

  private static String done(Runnable work) {
    work.run();
    return "done";
  }

  private static String word(String words, int index) {
    return Arrays.asList(words.split(" ", -1)).get(index);
  }

  private static int number(String words) {
    return Integer.parseInt(word(words, 1));
  }
}
