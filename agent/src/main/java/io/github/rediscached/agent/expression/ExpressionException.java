package io.github.rediscached.agent.expression;

/**
 * An expression that can't be used, or that failed for one call. The message is whole: setting,
 * text, what is wrong and what to do. It never holds a value. Has neither stack trace nor cause,
 * since a failure may come with every call.
 */
public final class ExpressionException extends Exception {

  public ExpressionException(String message) {
    super(message, null, false, false);
  }
}
