package io.github.rediscached.agent.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are costly to make and serve one thread at a time. Bounded, without locks and
 * without thread locals, which would outlive the application's class loader. Thread-safe.
 */
final class Pool<T> {

  private static final int SIZE = 16;
  private static final int ATTEMPTS = 4;

  private final AtomicReferenceArray<@Nullable T> free = new AtomicReferenceArray<>(SIZE);
  private final Supplier<T> factory;

  Pool(Supplier<T> factory) {
    this.factory = factory;
  }

  /** Returns one that nobody else has, a new one if need be. */
  T take() {
    int start = start();
    for (int i = 0; i < ATTEMPTS; i++) {
      int index = (start + i) % SIZE;
      if (free.getPlain(index) != null) {
        T taken = free.getAndSet(index, null);
        if (taken != null) {
          return taken;
        }
      }
    }
    return factory.get();
  }

  /** Takes one back that is as good as new; not to be called after a failure. */
  void giveBack(T used) {
    int start = start();
    for (int i = 0; i < ATTEMPTS; i++) {
      int index = (start + i) % SIZE;
      if (free.getPlain(index) == null && free.compareAndSet(index, null, used)) {
        return;
      }
    }
  }

  /** Threads begin at different places, and each at its own one again. */
  @SuppressWarnings("deprecation") // Thread.threadId() came with JDK 19.
  private static int start() {
    return (int) (Thread.currentThread().getId() % SIZE);
  }
}
