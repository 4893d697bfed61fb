package com.acme.methods;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often methods run, and says what came of calling them twice. */
final class Calls {

  private static final AtomicInteger RUNS = new AtomicInteger();

  private Calls() {}

  /** Said by a method when it runs. */
  static void ran() {
    RUNS.incrementAndGet();
  }

  /** Calls twice and says {@code name=result, runs}; and the other result if it differs. */
  static void twice(String name, Callable<?> call) {
    RUNS.set(0);
    String first = outcome(call);
    String second = outcome(call);
    System.out.println(
        name
            + "="
            + first
            + (Objects.equals(first, second) ? "" : " then " + second)
            + ", "
            + RUNS);
  }

  private static String outcome(Callable<?> call) {
    try {
      Object result = call.call();
      return result instanceof Object[] array
          ? Arrays.deepToString(array)
          : result instanceof int[] array ? Arrays.toString(array) : String.valueOf(result);
    } catch (Throwable e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }
}
