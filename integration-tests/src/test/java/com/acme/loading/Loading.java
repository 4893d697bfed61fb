package com.acme.loading;

import io.github.rediscached.RedisCached;

/** A cached method that says whether it is cached. */
public final class Loading {

  private static int runs;

  private Loading() {}

  public static void main(String[] args) {
    ByContract.say(1);
    System.out.println("result=" + find(7) + ", " + find(7));
    System.out.println("runs=" + runs);
  }

  @RedisCached
  static String find(int id) {
    runs++;
    return "found " + id;
  }

  /** Annotated nowhere itself. */
  interface Contract {
    @RedisCached
    String find(int id);
  }

  /** Loaded together with the class around it. */
  static final class ByContract implements Contract {

    private int runs;

    static void say(int id) {
      ByContract implementor = new ByContract();
      Contract contract = implementor;
      String result = contract.find(id) + ", " + contract.find(id);
      System.out.println("contract=" + result + ", " + implementor.runs);
    }

    @Override
    public String find(int id) {
      runs++;
      return "fulfilled " + id;
    }
  }
}
