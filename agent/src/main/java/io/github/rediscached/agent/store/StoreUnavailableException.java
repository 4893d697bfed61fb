package io.github.rediscached.agent.store;

/**
 * Redis gave no answer: not connected, too slow, or an error. Has no stack trace: it is common
 * while Redis is away.
 */
public final class StoreUnavailableException extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean connected;
  private final boolean asked;

  StoreUnavailableException(String message, boolean connected) {
    this(message, connected, true);
  }

  private StoreUnavailableException(String message, boolean connected, boolean asked) {
    super(message, null, false, false);
    this.connected = connected;
    this.asked = asked;
  }

  static StoreUnavailableException notConnected() {
    return new StoreUnavailableException("not connected", false, false);
  }

  static StoreUnavailableException timedOut() {
    return new StoreUnavailableException("timeout", true);
  }

  static StoreUnavailableException failed(boolean connected) {
    return new StoreUnavailableException("error", connected);
  }

  /** False if there was no connection, or it has ended, so nobody waited for long. */
  public boolean connected() {
    return connected;
  }

  /** False if there was no connection: what was to be asked has not reached Redis. */
  boolean asked() {
    return asked;
  }
}
