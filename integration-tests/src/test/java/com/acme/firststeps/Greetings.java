package com.acme.firststeps;

import io.github.rediscached.RedisCached;

/** Greets three times. */
public final class Greetings {

  private int runs;

  private Greetings() {}

  @RedisCached(cache = "greetings", ttl = "1m")
  String greet(String name) {
    runs++;
    return "Hello " + name;
  }

  public static void main(String[] args) {
    Greetings greetings = new Greetings();
    System.out.println(
        "greetings="
            + greetings.greet("Ada")
            + ' '
            + greetings.greet("Ada")
            + ' '
            + greetings.greet("Bob"));
    System.out.println("runs=" + greetings.runs);
  }
}
