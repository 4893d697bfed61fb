package com.acme.loading;

import java.lang.reflect.InvocationTargetException;

/** Runs applications in bundles. */
public final class Bundles {

  private Bundles() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    for (int i = 0; i < 2; i++) {
      try {
        new Bundle()
            .loadClass("com.acme.loading.Loading")
            .getMethod("main", String[].class)
            .invoke(null, (Object) args);
      } catch (InvocationTargetException e) {
        e.getCause().printStackTrace();
      }
    }
  }
}
