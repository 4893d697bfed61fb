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

  /** True if Redis does not have the script of this digest: it was restarted, or flushed them. */
  static boolean isUnknownScript(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof RedisCommandExecutionException
        && message != null
        && message.startsWith("NOSCRIPT");
  }
}
