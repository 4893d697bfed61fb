package com.acme.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What has happened, by name, and the gates at which pages wait until a test opens them. */
final class Ledger {

  private static final long PATIENCE_SECONDS = 30;

  private static final Map<String, Integer> COUNTS = new ConcurrentHashMap<>();
  private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

  private Ledger() {}

  /** Returns how often it has happened, this time included. */
  static int note(String what) {
    return COUNTS.merge(what, 1, Integer::sum);
  }

  static int count(String what) {
    return COUNTS.getOrDefault(what, 0);
  }

  static void awaitGate(String name) {
    try {
      if (!gate(name).await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody has opened " + name);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void openGate(String name) {
    gate(name).countDown();
  }

  private static CountDownLatch gate(String name) {
    return GATES.computeIfAbsent(name, each -> new CountDownLatch(1));
  }
}
