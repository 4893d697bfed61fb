package io.github.rediscached.agent.store;

/** Redis answered with an error, or the connection ended before it answered. */
final class RequestFailedException extends Exception {

  private static final long serialVersionUID = 1;

  RequestFailedException(Throwable cause) {
    super(cause.getMessage(), cause, false, false);
  }
}
