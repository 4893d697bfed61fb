package io.github.rediscached.agent.call;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** What the call sites of one method call. Thread-safe. */
final class MethodCall {

  private final Method method;
  private final Story story;
  private final @Nullable NearSide near;
  private final Bridge bridge;
  private final Object run;

  /** What one call does. */
  interface Story {

    /**
     * Before the method: its result, or {@link CachedCall#RUN}, a {@link CachedCall.Thrown}, or a
     * {@link Running}. Never throws.
     */
    @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments);
  }

  /**
   * @param near what may be asked before the story begins; null if there is nothing
   */
  MethodCall(Method method, Story story, @Nullable NearSide near, Bridge bridge) {
    this.method = method;
    this.story = story;
    this.near = near;
    this.bridge = bridge;
    this.run = bridge.run();
  }

  boolean isStatic() {
    return Modifier.isStatic(method.getModifiers());
  }

  @Nullable NearSide near() {
    return near;
  }

  /** The method's result, or one of the bridge's objects that let it run. */
  @Nullable Object enter(@Nullable Object target, @Nullable Object[] arguments) {
    return answer(begin(target, arguments));
  }

  /** As {@link Story#begin}. */
  @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments) {
    return story.begin(target, arguments);
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
