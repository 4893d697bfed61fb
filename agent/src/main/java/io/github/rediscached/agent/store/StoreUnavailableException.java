package io.github.rediscached.agent.store;

/**
 * Redis gave no answer: not connected, too slow, or an error. Has no stack trace: it is common
 * while Redis is away.
 */
public final class StoreUnavailableException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean connected;

  StoreUnavailableException(String message, boolean connected) {
    super(message, null, false, false);
    this.connected = connected;
  }

  static StoreUnavailableException notConnected() {
    return new StoreUnavailableException("not connected", false);
  }

  static StoreUnavailableException timedOut() {
    return new StoreUnavailableException("timeout", true);
  }

  static StoreUnavailableException failed(boolean connected) {
    return new StoreUnavailableException("error", connected);
  }

  /** False if there was no connection, so nothing was asked and nobody waited. */
  public boolean connected() {
    return connected;
  }
}
