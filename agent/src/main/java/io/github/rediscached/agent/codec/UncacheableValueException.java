package io.github.rediscached.agent.codec;

/**
 * A value can't be written. The message says what it holds, where, and what to do. The result is
 * returned to the caller all the same.
 */
public final class UncacheableValueException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** The value needs more bytes than allowed. */
    TOO_LARGE,
    /** It holds something that has no lasting value, or for which there is no rule. */
    UNSUPPORTED
  }

  private final Kind kind;
  private final String message;

  UncacheableValueException(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.message = message;
  }

  public Kind kind() {
    return kind;
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return message;
  }
}
