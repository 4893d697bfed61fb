package com.acme.hunt;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts something for each kind. Thread-safe. */
final class PerKind {

  private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

  PerKind() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  void increment(Kind kind) {
    counts.get(kind).increment();
  }

  long of(Kind kind) {
    return counts.get(kind).sum();
  }
}
