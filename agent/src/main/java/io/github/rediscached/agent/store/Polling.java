package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Looks again and again whether a key has changed, where Redis does not tell. */
final class Polling {

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Link link;
  private final byte[] key;
  private final byte[] expected;

  Polling(Link link, byte[] key, byte[] expected) {
    this.link = link;
    this.key = key;
    this.expected = expected;
  }

  /** As {@link Watch#await}. */
  WaitResult await(long answerNanos, long timeoutNanos) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + timeoutNanos;
    long pauseNanos = SHORTEST_PAUSE_NANOS;
    while (true) {
      try {
        if (!Arrays.equals(link.ask(CommandType.GET, answerNanos, key)[0], expected)) {
          return WaitResult.CHANGED;
        }
      } catch (RequestFailedException e) {
        if (e.isTimeout()) {
          return WaitResult.SILENT;
        }
        if (!e.byRedis()) {
          return WaitResult.CHANGED;
        }
        // What Redis refuses to tell, the timeout must end.
      }
      long leftNanos = deadlineNanos - System.nanoTime();
      if (leftNanos <= 0) {
        return WaitResult.UNCHANGED;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(pauseNanos, leftNanos));
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }
  }
}
