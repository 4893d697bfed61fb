package io.github.rediscached.agent.call;

import java.util.List;

/** The methods with code of their own that are instrumented. Thread-safe. */
public interface Implementations {

  /** How many were instrumented so far: as long as this stays, {@link #of} does. */
  int count();

  /**
   * The classes that are neither proxies nor made around others and have such a method.
   *
   * @param method its name
   * @param parameters how many it has
   */
  List<Class<?>> of(String method, int parameters);
}
