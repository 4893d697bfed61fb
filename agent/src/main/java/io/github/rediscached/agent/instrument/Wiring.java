package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this package asks of the rest of the agent. Made when the first method is found. Implemented
 * by the agent.
 */
public interface Wiring {

  MethodReport report();

  /** Makes what instrumented methods call. */
  CallSites callSites(Bridge bridge);

  /**
   * Invalidates a cache, without waiting for it.
   *
   * @param cache null for all of the namespace
   */
  void invalidateLater(@Nullable String cache);

  /** Opens the package of a class to the agent. */
  Consumer<Class<?>> opener();
}
