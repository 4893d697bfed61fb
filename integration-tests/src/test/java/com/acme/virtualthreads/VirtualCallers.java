package com.acme.virtualthreads;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Answers each line on stdin: {@code crowd NAME MILLIS} or {@code pin}. */
public final class VirtualCallers {

  private static final int THREADS = 300;
  private static final int ITEMS = 40;

  /** A thread can't leave its carrier while it initialises a class, so who waits here is pinned. */
  static final class Pinning {

    static {
      LockSupport.parkNanos(1_000_000);
    }

    private Pinning() {}

    static String done() {
      return "pinned";
    }
  }

  private final Stock stock = new Stock();
  private final ExecutorService threads;

  private VirtualCallers(ExecutorService threads) {
    this.threads = threads;
  }

  public static void main(String[] arguments) throws Exception {
    VirtualCallers callers = new VirtualCallers(virtualThreads());
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(callers.answer(line));
      }
    }
  }

  /** They exist since Java 21. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private String answer(String line) throws Exception {
    String[] words = line.split(" ");
    return words[0].equals("pin")
        ? threads.submit(Pinning::done).get()
        : words[1] + "=" + crowd(Long.parseLong(words[2]));
  }

  /** All at once, for so long; returns how many calls that were. */
  private int crowd(long millis) throws Exception {
    long end = System.nanoTime() + millis * 1_000_000;
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random dice = new Random(i);
      all.add(threads.submit(() -> call(dice, end)));
    }
    int calls = 0;
    for (Future<Integer> future : all) {
      calls += future.get();
    }
    return calls;
  }

  private int call(Random dice, long endNanos) {
    int calls = 0;
    do {
      stock.use(dice.nextInt(1_000), dice.nextInt(ITEMS));
      calls++;
    } while (System.nanoTime() - endNanos < 0);
    return calls;
  }
}
