package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A request whose maker waits for the answer. */
final class AwaitedRequest extends Request {

  private static final byte[][] NOTHING = {};

  private final Thread waiter = Thread.currentThread();
  private byte[] @Nullable [] answer = NOTHING;
  private @Nullable Throwable failure;
  private volatile boolean arrived;

  AwaitedRequest(CommandType type, byte[]... arguments) {
    super(type, arguments);
  }

  @Override
  void answered(byte[] @Nullable [] answer) {
    this.answer = answer;
    arrived();
  }

  @Override
  void failed(Throwable failure) {
    this.failure = failure;
    arrived();
  }

  private void arrived() {
    arrived = true;
    LockSupport.unpark(waiter);
  }

  /**
   * Waits for the answer, also in an interrupted thread, which stays interrupted.
   *
   * @return what Redis answered, see {@link FlatOutput}
   * @throws TimeoutException if there is no answer in time; a later one is dropped
   * @throws RequestFailedException if Redis answered with an error, or the connection ended
   */
  byte[] @Nullable [] await(long timeoutNanos) throws TimeoutException, RequestFailedException {
    if (!arrived) {
      park(timeoutNanos);
    }
    if (failure != null) {
      throw new RequestFailedException(failure);
    }
    return answer;
  }

  private void park(long timeoutNanos) throws TimeoutException {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    boolean interrupted = false;
    long leftNanos = timeoutNanos;
    while (!arrived && leftNanos > 0) {
      LockSupport.parkNanos(this, leftNanos);
      interrupted |= Thread.interrupted();
      leftNanos = deadlineNanos - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!arrived && end()) {
      throw new TimeoutException();
    }
    while (!arrived) {
      // The answer came at the last moment and is just being put down.
      Thread.onSpinWait();
    }
  }
}
