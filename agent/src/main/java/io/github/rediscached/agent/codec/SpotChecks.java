package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.StackRoom;
import java.lang.ref.WeakReference;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has a value checked now and then, behind the caller's back, on one thread for all applications of
 * this JVM that ends when there is nothing to do. Drops what comes while that is busy, and keeps
 * alive neither values nor class loaders. Thread-safe.
 */
final class SpotChecks {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long IDLE_SECONDS = 2;

  private static final SpotChecks SHARED = new SpotChecks();

  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          0,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new ThreadFactory() {
            @Override
            public Thread newThread(Runnable work) {
              return DaemonThreads.named("rediscached-read-back", work);
            }
          },
          new ThreadPoolExecutor.DiscardPolicy());

  private SpotChecks() {}

  /** Checks a value soon, if it is time for that. */
  static void offer(ReadBack readBack, byte[] bytes, int from, Object value) {
    SHARED.accept(readBack, bytes, from, value);
  }

  private void accept(ReadBack readBack, byte[] bytes, int from, Object value) {
    long now = System.nanoTime();
    long last = lastNanos.get();
    if (now - last < PAUSE_NANOS || !lastNanos.compareAndSet(last, now) || !StackRoom.isThere()) {
      return;
    }
    try {
      thread.execute(new Check(readBack, bytes, from, value));
    } catch (RuntimeException | OutOfMemoryError e) {
      // No thread to be had: another value will be checked.
    }
  }

  private static final class Check implements Runnable {
    private final WeakReference<ReadBack> readBack;
    private final WeakReference<Object> value;
    private final byte[] bytes;
    private final int from;

    Check(ReadBack readBack, byte[] bytes, int from, Object value) {
      this.readBack = new WeakReference<>(readBack);
      this.value = new WeakReference<>(value);
      this.bytes = bytes;
      this.from = from;
    }

    @Override
    public void run() {
      ReadBack check = readBack.get();
      Object written = value.get();
      if (check != null && written != null) {
        check.recheck(bytes, from, written);
      }
    }
  }
}
