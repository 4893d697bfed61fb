package com.acme.loading;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Runs applications in bundles, and classes whose annotated interface is in another bundle. */
public final class Bundles {

  private static final String CONTRACT = "com.acme.loading.Kinds$Contract";

  private Bundles() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    for (int i = 0; i < 2; i++) {
      new Bundle()
          .loadClass("com.acme.loading.Loading")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    }
    Bundle contracts = new Bundle();
    Bundle otherContracts = new Bundle();
    for (Bundle exporting : new Bundle[] {contracts, otherContracts}) {
      exporting.loadClass(CONTRACT);
      Bundle importing = new Bundle(exporting, CONTRACT);
      Object implementor =
          importing
              .loadClass("com.acme.loading.Kinds$ByInterface")
              .getDeclaredConstructor()
              .newInstance();
      @SuppressWarnings("unchecked")
      IntFunction<Integer> function = (IntFunction<Integer>) implementor;
      int argument = 0;
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (!function.apply(argument).equals(function.apply(argument))
          && System.nanoTime() < deadline) {
        argument++;
        LockSupport.parkNanos(1_000_000);
      }
      System.out.println("imported cached=" + (System.nanoTime() < deadline));
    }
  }
}
