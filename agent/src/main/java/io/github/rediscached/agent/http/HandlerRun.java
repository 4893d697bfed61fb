package io.github.rediscached.agent.http;

/** A run of a handler that the cache follows: to store what it answers, or to invalidate. */
public interface HandlerRun {

  /**
   * The handler is about to run, and its client may have the answer before {@link #end}. Never
   * throws.
   */
  default void answersEarly() {}

  /**
   * The handler has ended, its asynchronous part included. Further calls do nothing. Never throws.
   *
   * @param failed whether it has thrown, or its answer could not be written
   * @return whether the cache has answered in the place of a handler that has failed
   */
  boolean end(ResponseSink sink, boolean failed);
}
