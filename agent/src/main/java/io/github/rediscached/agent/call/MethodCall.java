package io.github.rediscached.agent.call;

import io.github.rediscached.agent.call.Interceptor.Running;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one method that run for objects of one class, between the call sites and the {@link
 * Interceptor}: it translates the answers into objects of the {@link Bridge}. Thread-safe.
 */
final class MethodCall {

  private final Method method;
  private final Interceptor interceptor;
  private final @Nullable NearSide near;
  private final Bridge bridge;
  private final Object run;

  MethodCall(Method method, Interceptor interceptor, Bridge bridge) {
    this.method = method;
    this.interceptor = interceptor;
    this.near = interceptor.nearSide();
    this.bridge = bridge;
    this.run = bridge.run();
  }

  boolean isStatic() {
    return Modifier.isStatic(method.getModifiers());
  }

  /** As {@link Interceptor#nearSide}. */
  @Nullable NearSide near() {
    return near;
  }

  /** The method's result, or one of the bridge's objects that let it run. */
  @Nullable Object enter(@Nullable Object target, @Nullable Object[] arguments) {
    return answer(begin(target, arguments));
  }

  /** As {@link Interceptor#begin}. */
  @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    return interceptor.begin(target, arguments);
  }

  /** What the call site is told. */
  @Nullable Object answer(@Nullable Object answer) {
    if (answer instanceof Running) {
      return bridge.miss(answer);
    }
    if (answer == CachedCall.RUN) {
      return run;
    }
    return answer instanceof CachedCall.Thrown thrown ? bridge.thrown(thrown.exception()) : answer;
  }
}
