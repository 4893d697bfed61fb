package io.github.rediscached.agent.call;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one method of the proxies with one handler: whether the handler calls on to
 * instrumented code, which then serves, and if not, what the calls do. Held by {@link
 * ProxiedCalls}. Thread-safe.
 */
final class ProxyUse {

  /** After so many calls that were not forwarded none is expected to be. */
  private static final int ENOUGH = 3;

  private final Supplier<@Nullable MethodCall> make;
  private @Nullable MethodCall call;
  private boolean made;
  private volatile int notForwarded;
  private volatile boolean forwards;

  /**
   * @param make gives what the calls do, or null if they are to run uncached
   */
  ProxyUse(Supplier<@Nullable MethodCall> make) {
    this.make = make;
  }

  /** What the calls do if they serve; null if they run uncached. */
  synchronized @Nullable MethodCall call() {
    if (!made) {
      call = make.get();
      made = true;
    }
    return call;
  }

  /**
   * Whether the calls of the proxy are to serve themselves.
   *
   * @param mayForward whether there is instrumented code that the handler might call
   */
  boolean serves(boolean mayForward) {
    return !forwards && (!mayForward || notForwarded >= ENOUGH);
  }

  /** A call that was watched has returned, and nothing behind it has served. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Whether it is one more does not matter.
  void wasNotForwarded() {
    notForwarded++;
  }

  /** What is behind the proxy can't serve for it. */
  void servesAlone() {
    notForwarded = ENOUGH;
  }

  boolean forwards() {
    return forwards;
  }

  /** What is behind the proxy serves from now on. */
  void forward() {
    forwards = true;
  }
}
