package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import org.jspecify.annotations.Nullable;

/**
 * A call of a proxy's method whose handler runs on this thread. It is what the proxy's method holds
 * until it ends, and what the methods that its handler calls find. Used by one thread.
 */
final class ProxyFrame implements Running {

  final @Nullable ProxyFrame outer;

  /** Whether this call looks up and stores, evicts and puts; else what is behind it may. */
  final boolean serves;

  private final ProxiedCalls calls;
  private final ProxyUse use;
  private final @Nullable Object[] arguments;
  private final @Nullable Running inner;
  private boolean servedBehind;

  /**
   * @param inner what is to be told how the call ends, unless it is served behind the proxy; null
   *     if there is nothing
   * @param outer the call in whose course this one is made; null if there is none
   */
  ProxyFrame(
      ProxiedCalls calls,
      ProxyUse use,
      @Nullable Object[] arguments,
      boolean serves,
      @Nullable Running inner,
      @Nullable ProxyFrame outer) {
    this.calls = calls;
    this.use = use;
    this.arguments = arguments;
    this.serves = serves;
    this.inner = inner;
    this.outer = outer;
  }

  @Override
  public void returned(@Nullable Object result) {
    calls.ended(this);
    if (servedBehind) {
      return;
    }
    if (!serves) {
      use.wasNotForwarded();
    }
    if (inner != null) {
      inner.returned(result);
    }
  }

  @Override
  public @Nullable Object threw(Throwable thrown) {
    // Of the handler it tells nothing: perhaps it would have called on.
    calls.ended(this);
    return servedBehind || inner == null ? Running.RETHROW : inner.threw(thrown);
  }

  /** Whether a method that runs now does what this call is for, and nothing else does so far. */
  boolean isFor(MethodPlan plan, @Nullable Object target, @Nullable Object[] theirs) {
    return !servedBehind && calls.isImplementedBy(plan, target, theirs.length) && isGiven(theirs);
  }

  /** What the handler has called serves, now and from now on. */
  void serveBehind() {
    servedBehind = true;
    use.forward();
  }

  /**
   * A method with code of its own is called that does what this call is for. Returns whether it is
   * to run as if it were not instrumented.
   */
  boolean servesFor(@Nullable Object target) {
    boolean standsFor = calls.standFor(target);
    if (serves) {
      if (standsFor) {
        use.forward();
      }
      return true;
    }
    if (standsFor) {
      serveBehind();
      return false;
    }
    // Such as one implementation behind all repositories: it does not know for which it works.
    use.servesAlone();
    return true;
  }

  private boolean isGiven(@Nullable Object[] theirs) {
    for (int i = 0; i < theirs.length; i++) {
      Object mine = arguments[i];
      // A handler is given primitive values in boxes, and its callee may be so once more.
      if (mine != theirs[i] && (mine == null || !isBox(mine) || !mine.equals(theirs[i]))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBox(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean
        || value instanceof Double
        || value instanceof Character
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Float;
  }
}
