package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * The calls of a method with code of its own in a JVM that has proxies with such a method: in the
 * course of a proxy's call each is to be served once. Thread-safe.
 */
final class BehindProxies {

  private final ProxyFrames frames;
  private final Receivers receivers;
  private final MethodPlan plan;
  private final Object run;

  /**
   * @param run the bridge's object that lets the method run
   */
  BehindProxies(ProxyFrames frames, Receivers receivers, MethodPlan plan, Object run) {
    this.frames = frames;
    this.receivers = receivers;
    this.plan = plan;
    this.run = run;
  }

  /** As {@link Receivers#enter}. */
  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  @Nullable Object enter(@Nullable Object target, @Nullable Object[] arguments) {
    for (ProxyFrame frame = frames.innermost(); frame != null; frame = frame.outer) {
      if (frame.isFor(plan, target, arguments) && frame.servesFor(target)) {
        return run;
      }
    }
    return receivers.enter(target, arguments);
  }
}
