package io.github.rediscached.agent.instrument;

import io.github.rediscached.agent.call.Bridge;
import io.github.rediscached.agent.call.CallSites;
import io.github.rediscached.agent.http.HttpSites;
import org.jspecify.annotations.Nullable;

/**
 * The rest of the agent, as this package sees it. The root package implements it and makes each
 * part when it is first asked for, so that an application in which nothing matches pays for none.
 * Thread-safe.
 */
public interface AgentRuntime {

  /**
   * The JVM has loaded a class of the JDK. Called on the thread that loads it, so it returns at
   * once; also called for the classes outside of {@code java.base} that are loaded already.
   */
  void jdkClassLoaded(String internalName);

  MethodReport report();

  /** Makes the call sites of instrumented methods; called once. */
  CallSites callSites(Bridge bridge);

  /** Whether responses of web applications are cached. */
  boolean cachesResponses();

  /**
   * Makes the call sites of methods that run handlers of requests; called once, after {@link
   * #callSites}.
   */
  @Nullable HttpSites httpSites(Bridge bridge);

  /**
   * Invalidates a cache, without waiting for it.
   *
   * @param cache null for all of the namespace
   */
  void invalidateLater(@Nullable String cache);
}
