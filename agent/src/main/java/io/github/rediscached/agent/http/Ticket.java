package io.github.rediscached.agent.http;

/** A run of a handler, between its beginning and its end, as its call sites keep it. */
public interface Ticket {

  /** What the handler is to see in place of a request. */
  default Object request(Object original) {
    return original;
  }

  /** What the handler is to see in place of a response. */
  default Object response(Object original) {
    return original;
  }

  /** The handler has returned; it may go on asynchronously. Never throws. */
  void returned();

  /**
   * The handler has thrown. Never throws.
   *
   * @return whether the cache has answered in its place
   */
  boolean threw();
}
