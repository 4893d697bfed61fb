package com.acme.async;

import com.acme.console.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Calls the methods of {@link Prices} as it is told, on its main thread. {@code get} waits for the
 * future, {@code begin} keeps it under a name.
 */
public final class Futures {

  private static final long PATIENCE_SECONDS = 60;

  private final Prices prices = new Prices();
  private final Map<String, CompletableFuture<?>> begun = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);

  private Futures() {}

  public static void main(String[] arguments) throws IOException {
    new Futures().console().serve();
  }

  private Console console() {
    return new Console()
        .on("get", words -> outcome(call(words)))
        .on("begin", this::begin)
        .on("state", name -> state(begun(name)))
        .on("runs", ignored -> prices.runs.get())
        .on("thread", ignored -> prices.thread)
        .on("contextLoader", ignored -> prices.contextLoader)
        .on("applicationLoader", ignored -> String.valueOf(Futures.class.getClassLoader()))
        .on("holds", prices::holds)
        .on("complete", words -> held(word(words, 0)).complete(word(words, 1)))
        .on("fail", item -> held(item).completeExceptionally(new IllegalStateException("held")))
        .on("cancelHeld", item -> held(item).cancel(true))
        .on("cancel", name -> begun(name).cancel(true))
        .on("obtrude", this::obtrude)
        .on("together", this::together)
        .on("callback", this::callback)
        .on("breaks", ignored -> prices.broken = true)
        .on("throwingCallback", this::throwingCallback)
        .on("blockingCallbacks", this::blockingCallbacks)
        .on("gated", this::gated)
        .on("waiting", ignored -> prices.waiting.get())
        .on("round", item -> prices.round(item, true))
        .on("release", ignored -> release())
        .on("copies", this::copies)
        .on("changedArgument", this::changedArgument)
        .on("evictText", item -> done(() -> prices.evictText(item)))
        .on("evictHeld", item -> done(() -> prices.evictHeld(item)))
        .on("evictFirst", letter -> done(() -> prices.evictFirst(letter)));
  }

  private CompletableFuture<?> call(String words) {
    String item = word(words, 1);
    return switch (word(words, 0)) {
      case "text" -> prices.text(item);
      case "later" -> prices.later(item);
      case "list" -> prices.list(item);
      case "stage" -> (CompletableFuture<String>) prices.stage(item);
      case "raw" -> prices.raw(item);
      case "wild" -> prices.wild(item);
      case "order" -> prices.order(Integer.parseInt(item));
      case "nothing" -> prices.nothing(item);
      case "nothingNotStored" -> prices.nothingNotStored(item);
      case "noFuture" -> Objects.requireNonNullElseGet(prices.noFuture(item), Futures::none);
      case "throwing" -> prices.throwing(item);
      case "failing" -> prices.failing(item);
      case "missing" -> prices.missing(item);
      case "conditional" -> prices.conditional(item);
      case "unless" -> prices.unless(item);
      case "tagged" -> prices.tagged(item);
      case "byLambda" -> prices.byLambda(() -> item);
      case "held" -> prices.held(item);
      case "change" -> prices.change(item);
      case "ofItself" -> prices.ofItself(item, true);
      case "blocking" -> prices.blocking(Integer.parseInt(item));
      case "renewed" -> prices.renewed(item);
      case "stale" -> prices.stale(item);
      case "refreshed" -> prices.refreshed(item);
      default -> throw new IllegalArgumentException(words);
    };
  }

  private static CompletableFuture<String> none() {
    return CompletableFuture.completedFuture("no future");
  }

  private CompletableFuture<String> held(String item) {
    return prices.future(item);
  }

  private CompletableFuture<?> begun(String name) {
    return Objects.requireNonNull(begun.get(name), name);
  }

  private String begin(String words) {
    begun.put(word(words, 0), call(words.substring(words.indexOf(' ') + 1)));
    return "begun";
  }

  private static String state(CompletableFuture<?> future) throws Exception {
    return future.isDone() ? outcome(future) : "pending";
  }

  /** What it brings, as its user sees it. */
  private static String outcome(CompletableFuture<?> future) throws Exception {
    if (future.isCancelled()) {
      return "cancelled";
    }
    try {
      return String.valueOf(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      return "failed " + cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
  }

  @SuppressWarnings("unchecked")
  private String obtrude(String words) {
    ((CompletableFuture<String>) begun(word(words, 0))).obtrudeValue(word(words, 1));
    return "obtruded";
  }

  /** Many threads call at once, and keep their futures as name0, name1, … */
  private String together(String words) throws Exception {
    int threads = Integer.parseInt(word(words, 1));
    String call = words.substring(words.indexOf(' ', words.indexOf(' ') + 1) + 1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<CompletableFuture<?>>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            pool.submit(
                () -> {
                  start.await();
                  return call(call);
                }));
      }
      for (int i = 0; i < threads; i++) {
        begun.put(word(words, 0) + i, calls.get(i).get());
      }
      return "begun";
    } finally {
      pool.shutdownNow();
    }
  }

  /** Keeps, under another name, where a callback of a future runs. */
  private String callback(String words) {
    begun.put(word(words, 0), begun(word(words, 1)).thenApply(any -> here()));
    return "begun";
  }

  private static String here() {
    return Thread.currentThread().getName() + " " + Thread.currentThread().getContextClassLoader();
  }

  private String throwingCallback(String words) throws Exception {
    CompletableFuture<?> future = call(words);
    CompletableFuture<?> dependent =
        future.thenApply(
            any -> {
              throw new IllegalStateException("callback");
            });
    return outcome(dependent) + ", " + outcome(future);
  }

  /** Callbacks of so many calls that wait for a later command, unless it is their caller's turn. */
  private String blockingCallbacks(String words) {
    Thread caller = Thread.currentThread();
    String name = word(words, 0);
    CompletableFuture<?>[] all = new CompletableFuture<?>[Integer.parseInt(word(words, 1))];
    for (int i = 0; i < all.length; i++) {
      all[i] = prices.text(name + i).thenAccept(any -> awaitRelease(caller));
    }
    begun.put(name, CompletableFuture.allOf(all));
    return "begun";
  }

  /** So many calls whose methods wait for a later command. */
  private String gated(String words) throws InterruptedException {
    Thread caller = Thread.currentThread();
    for (int i = 0; i < Integer.parseInt(word(words, 1)); i++) {
      begun.put(word(words, 0) + i, prices.gated(word(words, 0) + i, caller, released));
    }
    return "begun";
  }

  private String release() {
    released.countDown();
    return "released";
  }

  private void awaitRelease(Thread caller) {
    if (Thread.currentThread() != caller) {
      await(released);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("not released");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes what one call gave and looks at what the next one gives. */
  private String copies(String item) throws Exception {
    List<String> first = prices.list(item).get();
    first.add("changed");
    List<String> second = prices.list(item).get();
    second.add("changed");
    return prices.list(item).get().toString();
  }

  /** The caller changes its argument while the method runs. */
  private String changedArgument(String words) throws Exception {
    List<String> items = new ArrayList<>(List.of(word(words, 0)));
    CompletableFuture<String> future = prices.byList(items);
    items.set(0, word(words, 1));
    held(word(words, 0)).complete("of " + word(words, 0));
    held(word(words, 1)).complete("of " + word(words, 1));
    return future.get();
  }

  private static String done(Runnable work) {
    work.run();
    return "done";
  }

  private static String word(String words, int index) {
    return Arrays.asList(words.split(" ", -1)).get(index);
  }
}
