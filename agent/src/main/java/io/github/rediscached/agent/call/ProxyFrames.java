package io.github.rediscached.agent.call;

import io.github.rediscached.agent.thread.StackRoom;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The calls of proxies that run, for each thread: what is called in their course finds them here. A
 * frame is held by its method only, so one whose end is never told, as after a stack overflow, is
 * soon forgotten. Thread-safe.
 */
final class ProxyFrames {

  /** The innermost call, in an array of one: a class of ours would stay with the threads. */
  @SuppressWarnings("ThreadLocalUsage") // A JVM has one agent.
  private final ThreadLocal<@Nullable Reference<?>[]> threads = new ThreadLocal<>();

  /** False if there is so little stack left that this thread must not make room for frames. */
  boolean isThereRoom() {
    if (threads.get() == null) {
      if (!StackRoom.isThere()) {
        return false;
      }
      threads.set(new Reference<?>[1]);
    }
    return true;
  }

  /** The innermost call of this thread; null if there is none. */
  @Nullable ProxyFrame innermost() {
    @Nullable Reference<?>[] thread = threads.get();
    Reference<?> innermost = thread == null ? null : thread[0];
    return innermost == null ? null : (ProxyFrame) innermost.get();
  }

  /** A call begins; if it is null, the outermost one has ended. */
  void set(@Nullable ProxyFrame innermost) {
    @Nullable Reference<?>[] thread = threads.get();
    if (thread != null) {
      thread[0] = innermost == null ? null : new WeakReference<>(innermost);
    }
  }
}
