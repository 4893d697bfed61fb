package com.acme.loading;

/** Runs applications in bundles. */
public final class Bundles {

  private Bundles() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    for (int i = 0; i < 2; i++) {
      new Bundle()
          .loadClass("com.acme.loading.Loading")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    }
  }
}
