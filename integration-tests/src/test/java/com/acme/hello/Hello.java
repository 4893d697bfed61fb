package com.acme.hello;

/** An application in which nothing is to be cached. */
public final class Hello {

  private Hello() {}

  public static void main(String[] args) {
    System.out.println("said=hello");
  }
}
