package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one method of a JDK proxy, as {@link Proxy} makes its class; {@link CallSites} binds
 * them. The code of such a method is its handler. A client such as Feign has nothing behind it, so
 * the look-up belongs before the handler. A proxy around a bean calls a method that may be
 * instrumented itself: then that method looks up, and the handler's checks and transactions happen
 * on hits as well. One call is never looked up or evicted twice. Where a method of the second kind
 * is known, the first calls of each handler are watched ({@link ProxyFrame}), and nothing is cached
 * meanwhile. Thread-safe.
 */
final class ProxiedCalls {

  private final Class<?> type;
  private final Method method;
  private final MethodPlan plan;
  private final Bridge bridge;
  private final Object run;
  private final ProxyFrames frames;
  private final Implementations implementations;
  private final Function<Object, ProxyUse> makeUse;
  private final @Nullable WritingCall writing;
  private final ProxyUses uses = new ProxyUses();
  private volatile @Nullable Last last;
  private volatile @Nullable Forward forward;

  /** The proxy that was called last: mostly there is one. */
  private record Last(WeakReference<Object> proxy, ProxyUse use) {}

  /**
   * Whether there was code that a handler may call on to.
   *
   * @param count of the implementations that were known then
   */
  private record Forward(int count, boolean possible) {}

  /**
   * @param type the interface that the proxies stand for
   * @param method that of the interface, perhaps inherited
   * @param makeUse for a handler
   * @param writing what is evicted, and instead of put, where nothing behind the proxy does it;
   *     null if the method is only cached
   */
  ProxiedCalls(
      Class<?> type,
      Method method,
      MethodPlan plan,
      Bridge bridge,
      ProxyFrames frames,
      Implementations implementations,
      Function<Object, ProxyUse> makeUse,
      @Nullable WritingCall writing) {
    this.type = type;
    this.method = method;
    this.plan = plan;
    this.bridge = bridge;
    this.run = bridge.run();
    this.frames = frames;
    this.implementations = implementations;
    this.makeUse = makeUse;
    this.writing = writing;
  }

  /** The method's result, or one of the bridge's objects that let its handler run. */
  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  @Nullable Object enter(Object proxy, @Nullable Object[] arguments) {
    if (!frames.isThereRoom()) {
      return writing == null ? run : answer(writing.begin(proxy, arguments));
    }
    ProxyUse use = useOf(proxy);
    ProxyFrame outer = frames.innermost();
    boolean serves = use.serves(mayForward());
    if (outer != null && isServedAround(outer, proxy, arguments, serves)) {
      return run;
    }
    MethodCall call = serves ? use.call() : null;
    Object begun = CachedCall.RUN;
    if (call != null) {
      begun = call.begin(proxy, arguments);
      if (begun != CachedCall.RUN && !(begun instanceof Running)) {
        return call.answer(begun);
      }
    } else if (writing != null) {
      begun = writing.beginUnderway(proxy, arguments);
    } else if (use.forwards()) {
      return run;
    }
    ProxyFrame frame =
        new ProxyFrame(
            this, use, arguments, serves, begun instanceof Running inner ? inner : null, outer);
    frames.set(frame);
    return bridge.miss(frame);
  }

  private Object answer(@Nullable Object begun) {
    return begun instanceof Running ? bridge.miss(begun) : run;
  }

  /** A call has ended. */
  void ended(ProxyFrame frame) {
    frames.set(frame.outer);
  }

  /** Whether what the proxy stands for is served already by a proxy around this one. */
  private boolean isServedAround(
      ProxyFrame innermost, Object proxy, @Nullable Object[] arguments, boolean serves) {
    for (ProxyFrame frame = innermost; frame != null; frame = frame.outer) {
      if (frame.isFor(plan, proxy, arguments)) {
        if (frame.serves) {
          return true;
        }
        if (serves) {
          frame.serveBehind();
        }
      }
    }
    return false;
  }

  /** Whether a method that runs for an object does what the proxies are called for. */
  boolean isImplementedBy(MethodPlan theirs, @Nullable Object target, int parameters) {
    return method.getParameterCount() == parameters
        && method.getName().equals(theirs.methodName())
        && method.getDeclaringClass().isInstance(target)
        && theirs.serves(plan);
  }

  /** Whether an object is one for which the proxies may stand. */
  boolean standFor(@Nullable Object target) {
    return type.isInstance(target);
  }

  private ProxyUse useOf(Object proxy) {
    Last known = last;
    if (known != null && known.proxy().refersTo(proxy)) {
      return known.use();
    }
    ProxyUse use = uses.of(ProxyHandlers.identityOf(Proxy.getInvocationHandler(proxy)), makeUse);
    last = new Last(new WeakReference<>(proxy), use);
    return use;
  }

  private boolean mayForward() {
    Forward known = forward;
    int count = implementations.count();
    if (known == null || known.count() != count) {
      known = new Forward(count, isImplemented());
      forward = known;
    }
    return known.possible();
  }

  private boolean isImplemented() {
    for (Class<?> each : implementations.of(method.getName(), method.getParameterCount())) {
      if (method.getDeclaringClass().isAssignableFrom(each)) {
        return true;
      }
    }
    return false;
  }
}
