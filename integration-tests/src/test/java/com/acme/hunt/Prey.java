package com.acme.hunt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Reads and changes items on many threads until stdin ends, then says its counters, a line {@code
 * name=value} each.
 */
public final class Prey {

  private static final int MOST_UNANSWERED = 32;

  private final Items items;
  private final Judge judge;
  private final Promises promises;
  private final PerKind calls = new PerKind();
  private final PerKind changes = new PerKind();
  private final int pauseMillis;
  private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED);
  private final LongAdder failures = new LongAdder();
  private volatile boolean over;

  private Prey(Items items, Judge judge, Promises promises, int pauseMillis) {
    this.items = items;
    this.judge = judge;
    this.promises = promises;
    this.pauseMillis = pauseMillis;
  }

  /**
   * Ledger, seed, readers, changers, how the items are cached (agent, none or forgetful), how many
   * milliseconds late other JVMs may be, and how many a reader pauses after a call, on average.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Ledger ledger = Ledger.map(Path.of(arguments[0]));
    long seed = Long.parseLong(arguments[1]);
    String caching = arguments[4];
    Items items = new CachedItems(ledger);
    Prey prey =
        new Prey(
            caching.equals("forgetful") ? new ForgetfulItems(items) : items,
            new Judge(ledger, line -> System.out.println("detail=" + line)),
            new Promises(
                ledger,
                caching.equals("agent") ? new PendingInvalidations() : () -> true,
                TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[5]))),
            Integer.parseInt(arguments[6]));
    prey.run(seed, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    // Not before the counters are said, whatever still runs.
    System.exit(0);
  }

  private void run(long seed, int readers, int changers) throws IOException, InterruptedException {
    Thread publisher = new Thread(promises, "promises");
    publisher.setDaemon(true);
    publisher.start();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < readers + changers; i++) {
      Dice dice = new Dice(31 * seed + i);
      Runnable step = i < readers ? () -> read(dice) : () -> change(dice);
      Thread thread =
          new Thread(() -> repeat(dice, step), (i < readers ? "reader-" : "changer-") + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    System.out.println("started");
    while (System.in.read() >= 0) {
      // Only its end says something.
    }
    over = true;
    for (Thread thread : threads) {
      thread.join(10_000);
    }
    if (!unanswered.tryAcquire(MOST_UNANSWERED, 10, TimeUnit.SECONDS)) {
      failed(MOST_UNANSWERED - unanswered.availablePermits() + " futures are never done");
    }
    say();
  }

  private void repeat(Dice dice, Runnable step) {
    dice.take();
    while (!over) {
      try {
        step.run();
      } catch (RuntimeException e) {
        failed(e.toString());
      }
    }
  }

  private void failed(String how) {
    failures.increment();
    System.out.println("detail=" + how);
  }

  /** Does not wait for a future, unless there are many of which none is done. */
  private void read(Dice dice) {
    Kind kind = Kind.values()[dice.upTo(Kind.values().length)];
    int id = dice.upTo(Ledger.ITEMS);
    long start = System.nanoTime();
    long least = judge.least(kind, id);
    CompletableFuture<Item> answer = items.read(kind, id);
    unanswered.acquireUninterruptibly();
    var ignored =
        answer.whenComplete(
            (item, failure) -> {
              if (failure == null) {
                judge.answered(kind, id, item, least, start);
                calls.increment(kind);
              } else {
                failed(failure.toString());
              }
              unanswered.release();
            });
    dice.pause(2 * pauseMillis);
  }

  private void change(Dice dice) {
    Kind kind = Kind.ofChange(dice);
    Item item = items.change(kind, dice.upTo(Ledger.ITEMS));
    judge.returned(kind, item);
    promises.add(kind, item);
    changes.increment(kind);
    dice.pause(30 + 20 * pauseMillis);
  }

  private void say() {
    System.out.println("failures=" + failures);
    for (Kind kind : Kind.values()) {
      System.out.println("calls-" + kind + "=" + calls.of(kind));
      System.out.println("loads-" + kind + "=" + items.loads(kind));
      System.out.println("changes-" + kind + "=" + changes.of(kind));
      System.out.println("stale-" + kind + "=" + judge.count(kind));
    }
    AgentFigures.read().forEach((name, value) -> System.out.println("agent-" + name + "=" + value));
  }
}
