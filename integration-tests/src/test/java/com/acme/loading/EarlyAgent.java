package com.acme.loading;

import java.lang.instrument.Instrumentation;

/** Another agent, which loads classes of the application before the next agent comes. */
public final class EarlyAgent {

  private EarlyAgent() {}

  public static void premain(String argument, Instrumentation instrumentation)
      throws ClassNotFoundException {
    Class.forName("com.acme.loading.Loading$ByContract", false, ClassLoader.getSystemClassLoader());
    Class.forName("com.acme.loading.Loading", true, ClassLoader.getSystemClassLoader());
  }
}
