package io.github.rediscached.agent.expression;

/**
 * An expression can't be used, or it failed for one call. The message is complete: setting, text,
 * problem and remedy. It never holds a value. There is neither stack trace nor cause, since an
 * expression may fail in every call.
 */
public final class ExpressionException extends Exception {

  public ExpressionException(String message) {
    super(message, null, false, false);
  }
}
