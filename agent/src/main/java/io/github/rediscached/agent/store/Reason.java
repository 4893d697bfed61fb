package io.github.rediscached.agent.store;

import java.io.EOFException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

/** Why Redis could not be used, in words for the log. Stateless. */
final class Reason {

  private Reason() {}

  /** What the first cause says; its meaning where it says nothing. */
  static String of(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    String message = root.getMessage();
    if (message != null && !message.isBlank()) {
      return message;
    }
    if (root instanceof ClosedChannelException || root instanceof EOFException) {
      return "the connection was closed";
    }
    if (root instanceof TimeoutException) {
      return "no answer in time";
    }
    return root.getClass().getName();
  }
}
