package io.github.rediscached.agent.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StackRoomTest {

  private static final int SMALL_STACK_BYTES = 512 << 10;
  private static final int TIMES = 200;

  private boolean missed;
  private boolean ranOut;

  @Test
  void thereIsRoomAtTheBeginning() {
    assertTrue(StackRoom.isThere());
  }

  /** Again and again: before its code is compiled, and after. */
  @Test
  void itIsMissedBeforeTheStackOverflows() throws InterruptedException {
    for (int i = 0; i < TIMES; i++) {
      missed = false;
      Thread thread = new Thread(null, this::descend, "small stack", SMALL_STACK_BYTES);
      thread.start();
      thread.join();
      assertTrue(missed);
      assertFalse(ranOut);
    }
  }

  private void descend() {
    try {
      if (StackRoom.isThere()) {
        descend();
      } else {
        missed = true;
      }
    } catch (StackOverflowError e) {
      ranOut = true;
    }
  }
}
