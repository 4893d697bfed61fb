package io.github.rediscached.agent.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

/** Why Redis could not be used, in words for the log. Stateless. */
final class Reason {

  private Reason() {}

  /**
   * What the first cause says, without a full stop, since it becomes part of a sentence; its
   * meaning where it says nothing.
   */
  static String of(Throwable failure) {
    Throwable root = rootOf(failure);
    String message = root.getMessage();
    if (message != null && !message.isBlank()) {
      String text = message.strip();
      return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
    if (root instanceof ClosedChannelException || root instanceof EOFException) {
      return "the connection was closed";
    }
    if (root instanceof TimeoutException) {
      return "no answer in time";
    }
    return root.getClass().getName();
  }

  /**
   * What helps where the user lacks a right, as a sentence after a space; else empty.
   *
   * @param reason as {@link #of} says it
   */
  static String missingRight(String reason) {
    // Inside a script, Redis before 7.2 says it in words of its own.
    return reason.startsWith("NOPERM")
            || reason.startsWith("ERR The user executing the script can't")
        ? " Give the user of `redis.uri` the rights that docs/redis.md lists."
        : "";
  }

  /** Whether a request has failed only because its connection has ended. */
  static boolean isLoss(Throwable failure) {
    Throwable root = rootOf(failure);
    String message = String.valueOf(root.getMessage());
    return root instanceof IOException
        || (root instanceof RedisException
            && !(root instanceof RedisCommandExecutionException)
            // Lettuce has no types for them.
            && (message.startsWith("Connection ")
                || message.startsWith("Currently not connected")));
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return root;
  }
}
