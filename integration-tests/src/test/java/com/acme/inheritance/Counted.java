package com.acme.inheritance;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Counts the runs of methods by name. */
final class Counted {

  private static final Map<String, Integer> RUNS = new TreeMap<>();
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static int nextArgument;

  private Counted() {}

  static synchronized void ran(String method) {
    RUNS.merge(method, 1, Integer::sum);
  }

  private static synchronized int runs(String method) {
    return RUNS.getOrDefault(method, 0);
  }

  /**
   * Says {@code name=cached} once two calls with the same new argument run the method once, {@code
   * uncached} if that never comes to be. A class that came before its supertype is changed a moment
   * later.
   */
  static void eventually(String name, IntFunction<?> call) {
    say(name, call, true);
  }

  /** The same of a class that must be right from its first call. */
  static void atOnce(String name, IntFunction<?> call) {
    say(name, call, false);
  }

  private static void say(String name, IntFunction<?> call, boolean patient) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    boolean cached;
    do {
      int before = runs(name);
      int argument = nextArgument++;
      Object first = call.apply(argument);
      Object second = call.apply(argument);
      if (!first.equals(second)) {
        throw new IllegalStateException(first + " " + second);
      }
      cached = runs(name) == before + 1;
    } while (!cached && patient && System.nanoTime() < deadline);
    System.out.println(name + "=" + (cached ? "cached" : "uncached"));
  }
}
