package io.github.rediscached.agent.http;

/** A run of a handler, between its beginning and its end, as its call sites keep it. */
public interface Ticket {

  /** What the handler is to see in place of a request. */
  Object request(Object original);

  /** What the handler is to see in place of a response. */
  Object response(Object original);

  /** The handler has returned; it may go on asynchronously. Never throws. */
  void returned();

  /**
   * The handler has thrown. Never throws.
   *
   * @return whether the cache has answered in its place
   */
  boolean threw();
}
