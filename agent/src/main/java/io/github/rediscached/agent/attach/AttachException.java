package io.github.rediscached.agent.attach;

/** A JVM can't be reached; the message says why and what to do, for who has typed the command. */
public final class AttachException extends Exception {

  private static final long serialVersionUID = 1;

  AttachException(String message) {
    super(message);
  }

  AttachException(String message, Throwable cause) {
    super(message, cause);
  }
}
