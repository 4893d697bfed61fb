package io.github.rediscached.agent.store;

import io.lettuce.core.protocol.CommandType;
import java.util.Arrays;

/**
 * Walks through the keys of one server that match a pattern, some hundred at a time and one command
 * after the other, so that no other client has to wait for long. For one thread.
 */
final class Scan {

  private static final byte[] MATCH = {'M', 'A', 'T', 'C', 'H'};
  private static final byte[] COUNT = {'C', 'O', 'U', 'N', 'T'};
  private static final byte[] BOTH_ENDS = {'0'};

  /**
   * Among a million keys a SCAN of 1,000 takes Redis up to 11 ms, one of 200 up to 3 ms, and all of
   * them together no longer (docs/benchmarks.md, Invalidation).
   */
  private static final byte[] AT_ONCE = {'2', '0', '0'};

  private final Link link;
  private final byte[] pattern;
  private final long timeoutNanos;
  private byte[] cursor = BOTH_ENDS;
  private boolean complete;
  private byte[][] found = {};

  /**
   * @param pattern a glob as SCAN knows it
   * @param timeoutNanos how long each command may take
   */
  Scan(Link link, byte[] pattern, long timeoutNanos) {
    this.link = link;
    this.pattern = pattern;
    this.timeoutNanos = timeoutNanos;
  }

  /** Goes on; false if all keys have been looked at. */
  boolean next() throws RequestFailedException {
    if (complete) {
      return false;
    }
    byte[][] answer =
        link.ask(CommandType.SCAN, timeoutNanos, cursor, MATCH, pattern, COUNT, AT_ONCE);
    cursor = answer[0];
    complete = Arrays.equals(cursor, BOTH_ENDS);
    found = Arrays.copyOfRange(answer, 1, answer.length);
    return true;
  }

  /** The keys of the last step; some may have come before. */
  byte[][] found() {
    return found;
  }

  boolean isComplete() {
    return complete;
  }
}
