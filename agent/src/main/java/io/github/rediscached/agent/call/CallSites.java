package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Binds the call sites of instrumented methods, each on its first use, to the calls of their
 * method. Thread-safe.
 */
public final class CallSites {

  private static final MethodHandle ENTER;
  private static final MethodHandle ENTER_BEHIND_PROXIES;
  private static final MethodHandle ENTER_PROXIED;
  private static final MethodHandle EXIT;
  private static final MethodHandle FAIL;

  static {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      ENTER =
          lookup.findVirtual(
              Receivers.class,
              "enter",
              MethodType.methodType(Object.class, Object.class, Object[].class));
      ENTER_BEHIND_PROXIES =
          lookup.findVirtual(
              BehindProxies.class,
              "enter",
              MethodType.methodType(Object.class, Object.class, Object[].class));
      ENTER_PROXIED =
          lookup.findVirtual(
              ProxiedCalls.class,
              "enter",
              MethodType.methodType(Object.class, Object.class, Object[].class));
      EXIT =
          lookup.findVirtual(
              CallSites.class,
              "exit",
              MethodType.methodType(void.class, Object.class, Object.class));
      FAIL =
          lookup.findVirtual(
              CallSites.class,
              "fail",
              MethodType.methodType(Object.class, Throwable.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("MethodCall", e);
    }
  }

  private final MethodCalls calls;
  private final Bridge bridge;
  private final Object rethrow;
  private final ProxyFrames frames = new ProxyFrames();
  private final EnterSites enterSites = new EnterSites();

  /**
   * @param calls makes what is bound
   */
  CallSites(MethodCalls calls, Bridge bridge) {
    this.calls = calls;
    this.bridge = bridge;
    this.rethrow = bridge.run();
  }

  /**
   * A call site of a method.
   *
   * @param caller with the rights of the method's class
   * @param name {@code enter}, {@code exit} or {@code fail}
   * @param type what the instrumented code calls it with
   * @param implementations what handlers of proxies may call
   */
  public CallSite bind(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      MethodPlan plan,
      Implementations implementations)
      throws ReflectiveOperationException {
    return switch (name) {
      case "enter" ->
          plan.proxied() == null
              ? enter(caller, plan, type)
              : enterProxied(caller, plan, type, implementations);
      case "exit" -> new ConstantCallSite(EXIT.bindTo(this).asType(type));
      case "fail" -> new ConstantCallSite(FAIL.bindTo(this).asType(type));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private CallSite enter(MethodHandles.Lookup caller, MethodPlan plan, MethodType type)
      throws ReflectiveOperationException {
    Receivers receivers = calls.of(caller, plan, bridge);
    if (receivers.own().isStatic()) {
      MethodHandle enter =
          MethodHandles.insertArguments(ENTER.bindTo(receivers), 0, (Object) null)
              .asCollector(Object[].class, type.parameterCount())
              .asType(type);
      return new ConstantCallSite(NearEntrance.before(enter, receivers, true));
    }
    BehindProxies behindProxies = new BehindProxies(frames, receivers, plan, bridge.run());
    return enterSites.of(
        plan,
        NearEntrance.before(collected(ENTER.bindTo(receivers), type), receivers, false),
        collected(ENTER_BEHIND_PROXIES.bindTo(behindProxies), type));
  }

  private CallSite enterProxied(
      MethodHandles.Lookup caller,
      MethodPlan plan,
      MethodType type,
      Implementations implementations)
      throws ReflectiveOperationException {
    ProxiedCalls proxied = calls.ofProxied(caller, plan, bridge, frames, implementations);
    enterSites.foundProxied(plan);
    return new ConstantCallSite(collected(ENTER_PROXIED.bindTo(proxied), type));
  }

  /** As {@code (Object, ...) → Object}, from {@code (Object, Object[]) → Object}. */
  private static MethodHandle collected(MethodHandle enter, MethodType type) {
    return enter.asCollector(Object[].class, type.parameterCount() - 1).asType(type);
  }

  /** The method has returned. The call is found in the token, so all sites of a method share it. */
  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private void exit(@Nullable Object result, Object token) {
    if (bridge.loadOf(token) instanceof Running running) {
      running.returned(result);
    }
  }

  @SuppressWarnings("UnusedMethod") // Called through its method handle.
  private @Nullable Object fail(Throwable thrown, Object token) {
    if (bridge.loadOf(token) instanceof Running running) {
      Object instead = running.threw(thrown);
      return instead == Running.RETHROW ? rethrow : instead;
    }
    return rethrow;
  }
}
