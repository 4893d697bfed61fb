package io.github.rediscached.agent.thread;

/**
 * Checks whether the calling thread has stack left for a call to Redis. Calls ask before they touch
 * a lock or a queue that all threads share.
 *
 * <p>The idea: an application may call itself without end and catch the {@code StackOverflowError}.
 * If the stack overflows inside Lettuce, Netty or the JDK, a lock is never released or a queue is
 * left inconsistent, and from then on all threads hang. The JVM has no method that tells the free
 * stack. So this class makes as many nested calls as take {@value #LEVELS} frames, and catches the
 * overflow here, where no state is shared. If it overflows, the cached method runs without the
 * cache.
 */
public final class StackRoom {

  /**
   * A frame has 80 bytes once C2 has compiled the method, so all take 20 KB and 0.6 µs. That is
   * twice the stack that a command needs on its way to the socket. Before, a frame has 224 bytes,
   * which leaves room for the loading of classes.
   */
  private static final int LEVELS = 256;

  private StackRoom() {}

  /** Whether there is room; never throws. */
  public static boolean isThere() {
    try {
      return descend(LEVELS, 1, 2, 3, 4, 5, 6, 7, 8) != 0;
    } catch (StackOverflowError e) {
      return false;
    }
  }

  /** Uses its arguments after the nested call, so that the frame has to keep them. */
  private static long descend(
      int levels, long a, long b, long c, long d, long e, long f, long g, long h) {
    if (levels == 0) {
      return a | h | 1;
    }
    long below = descend(levels - 1, b, c, d, e, f, g, h, a + levels);
    return (below + (a ^ b) + (c ^ d) + (e ^ f) + (g ^ h)) | 1;
  }
}
