package io.github.rediscached.agent.call;

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
   */
  public CallSite bind(MethodHandles.Lookup caller, String name, MethodType type, MethodPlan plan)
      throws ReflectiveOperationException {
    return new ConstantCallSite(
        switch (name) {
          case "enter" -> enter(caller, plan, type);
          case "exit" -> EXIT.bindTo(this).asType(type);
          case "fail" -> FAIL.bindTo(this).asType(type);
          default -> throw new IllegalArgumentException(name);
        });
  }

  private MethodHandle enter(MethodHandles.Lookup caller, MethodPlan plan, MethodType type)
      throws ReflectiveOperationException {
    Receivers receivers = calls.of(caller, plan, bridge);
    boolean isStatic = receivers.own().isStatic();
    MethodHandle enter = ENTER.bindTo(receivers);
    if (isStatic) {
      enter = MethodHandles.insertArguments(enter, 0, (Object) null);
    }
    int firstParameter = isStatic ? 0 : 1;
    MethodHandle collected =
        enter.asCollector(Object[].class, type.parameterCount() - firstParameter).asType(type);
    return NearEntrance.before(collected, receivers, isStatic);
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
