package com.acme.methods;

import io.github.rediscached.RedisCached;

/** Calls a cached method for the first time when there is hardly any stack left. */
public final class DeepStack {

  private DeepStack() {}

  public static void main(String[] args) {
    Calls.twice("another method", () -> another(1));
    System.out.println("deep=" + (depth() > 100));
    Calls.twice("after a stack overflow", () -> atTheEnd(2));
  }

  /** Goes down until there is no room, and then up until there is room for the call. */
  @SuppressWarnings("InfiniteRecursion")
  private static int depth() {
    try {
      return 1 + depth();
    } catch (StackOverflowError e) {
      atTheEnd(1);
      return 1;
    }
  }

  @RedisCached
  static String another(int id) {
    Calls.ran();
    return "another " + id;
  }

  @RedisCached
  static String atTheEnd(int id) {
    Calls.ran();
    return "end " + id;
  }
}
