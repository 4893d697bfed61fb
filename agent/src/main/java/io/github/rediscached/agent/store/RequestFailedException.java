package io.github.rediscached.agent.store;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Redis answered with an error, not in time, or the connection ended before it answered. */
final class RequestFailedException extends Exception {

  private static final long serialVersionUID = 1;

  RequestFailedException(Throwable cause) {
    super(cause.getMessage(), cause, false, false);
  }

  /** True if Redis answered with an error. */
  boolean byRedis() {
    return isByRedis(getCause());
  }

  /** True if Redis has not answered in time. */
  boolean isTimeout() {
    return getCause() instanceof TimeoutException;
  }

  static boolean isByRedis(@Nullable Throwable failure) {
    return failure instanceof RedisCommandExecutionException;
  }

  /**
   * True if every request on this connection fails in the same way: Redis is a replica now, or does
   * not let its user in any more.
   */
  static boolean isOfTheConnection(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof RedisCommandExecutionException
        && message != null
        && (message.startsWith("NOAUTH")
            || message.startsWith("WRONGPASS")
            || message.startsWith("READONLY")
            // Inside a script, before Redis 7.
            || message.contains("-READONLY "));
  }

  /** True if Redis does not have the script of this digest: it was restarted, or flushed them. */
  static boolean isUnknownScript(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof RedisCommandExecutionException
        && message != null
        && message.startsWith("NOSCRIPT");
  }
}
