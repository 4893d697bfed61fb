package io.github.rediscached.agent.instrument;

/** A method that was asked for can't be cached. The message says why and what to do. */
final class Rejection extends Exception {

  private static final long serialVersionUID = 1;

  Rejection(String message) {
    super(message, null, false, false);
  }
}
