package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.MethodPlan;
import java.util.EnumSet;
import java.util.Set;

/** The purposes of an instrumented method, as {@link MethodReport} reports them. */
enum Purpose {
  CACHE("is not cached"),
  EVICT("does not evict as asked"),
  PUT("does not put its result into a cache");

  private final String failure;

  Purpose(String failure) {
    this.failure = failure;
  }

  static Set<Purpose> of(MethodPlan plan) {
    return of(plan.cached() != null, !plan.evictions().isEmpty(), !plan.puts().isEmpty());
  }

  static Set<Purpose> of(MethodRequest request) {
    return of(request.cached() != null, !request.evictions().isEmpty(), !request.puts().isEmpty());
  }

  private static Set<Purpose> of(boolean caches, boolean evicts, boolean puts) {
    Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
    if (caches) {
      purposes.add(CACHE);
    }
    if (evicts) {
      purposes.add(EVICT);
    }
    if (puts) {
      purposes.add(PUT);
    }
    return purposes;
  }

  /** The words about a method that can't serve it, to follow the method's name. */
  String failure() {
    return failure;
  }
}
