package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/** A request for which nobody waits. */
abstract class SentRequest extends Request {

  SentRequest(CommandType type, byte[]... arguments) {
    super(type, arguments);
  }

  @Override
  final void answered(byte[] @Nullable [] answer) {
    ended(null);
  }

  @Override
  final void failed(Throwable failure) {
    ended(failure);
  }

  /**
   * It is over. Called once, on any thread; must not wait.
   *
   * @param failure null if Redis has done it
   */
  abstract void ended(@Nullable Throwable failure);
}
