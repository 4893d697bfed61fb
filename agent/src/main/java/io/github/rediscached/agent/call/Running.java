package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/** An instrumented method that runs. Neither method throws. */
interface Running {

  /** What {@link #threw} answers where the exception is to be thrown on. */
  Object RETHROW = new Object();

  /**
   * The method has returned.
   *
   * @param result null also for a method without one
   */
  void returned(@Nullable Object result);

  /** The method has thrown. Returns what it is to return instead, or {@link #RETHROW}. */
  @Nullable Object threw(Throwable thrown);
}
