package io.github.rediscached.benchmarks.startup;

/** The smallest application. */
public final class HelloWorld {

  private HelloWorld() {}

  public static void main(String[] args) {
    System.out.println("Hello, world");
  }
}
