package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * What the agent does around the calls of one method: look-up and load, eviction, put. {@link
 * MethodCall} asks it before the method, and tells the {@link Running} that it may have answered
 * with how the method ends. Never throws into the application. Thread-safe.
 */
interface Interceptor {

  /**
   * Before the method: its result, or {@link CachedCall#RUN}, a {@link CachedCall.Thrown}, or a
   * {@link Running}.
   */
  @Nullable Object begin(@Nullable Object target, @Nullable Object[] arguments);

  /** The results in memory that may be given without {@link #begin}; null if there are none. */
  default @Nullable NearSide nearSide() {
    return null;
  }

  /** Whether the call that this thread makes is a part of one that has begun elsewhere. */
  default boolean isRun() {
    return false;
  }

  /** An instrumented method that runs. Neither method throws. */
  interface Running {

    /** The answer of {@link #threw} where the exception is to be thrown on. */
    Object RETHROW = new Object();

    /**
     * The method has returned.
     *
     * @param result null also for a method without one
     */
    void returned(@Nullable Object result);

    /** The method has thrown. Returns the result to give instead, or {@link #RETHROW}. */
    @Nullable Object threw(Throwable thrown);
  }
}
