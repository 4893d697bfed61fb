package io.github.rediscached.agent.store;

/** User and password can't be had from where the settings say. The message has nothing of them. */
final class LoginUnknownException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LoginUnknownException(String message) {
    super(message, null, false, false);
  }
}
