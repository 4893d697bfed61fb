package io.github.rediscached.agent.thread;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of objects that are costly to make and serve one thread at a time, such as what
 * writes values, or encrypts them. It takes no lock, which a stack overflow could leave locked, and
 * uses no thread local, which would outlive the application's class loader. Thread-safe.
 */
public final class Pool<T> {

  private static final int SIZE = 16;
  private static final int ATTEMPTS = 4;

  private final AtomicReferenceArray<@Nullable T> free = new AtomicReferenceArray<>(SIZE);
  private final Supplier<T> factory;

  public Pool(Supplier<T> factory) {
    this.factory = factory;
  }

  /** Returns an object that no other thread has, a new one if the pool is empty. */
  public T take() {
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

  /**
   * Takes back an object. One that was in use during a failure is dropped instead.
   *
   * @return false if it was not kept, since others are there
   */
  public boolean giveBack(T used) {
    int start = start();
    for (int i = 0; i < ATTEMPTS; i++) {
      int index = (start + i) % SIZE;
      if (free.getPlain(index) == null && free.compareAndSet(index, null, used)) {
        return true;
      }
    }
    return false;
  }

  /** Each thread begins at a place of its own, so that threads rarely meet. */
  @SuppressWarnings("deprecation") // Thread.threadId() came with JDK 19.
  private static int start() {
    return (int) (Thread.currentThread().getId() % SIZE);
  }
}
