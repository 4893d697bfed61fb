package io.github.rediscached.agent.codec;

import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.StackRoom;
import java.lang.ref.WeakReference;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Checks a stored value now and then with {@link ReadBack}, on one daemon thread for all
 * applications of this JVM. The thread ends when it is idle. Values that come while it is busy are
 * not checked. Values and class loaders are held weakly. Thread-safe.
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
          work -> DaemonThreads.named("rediscached-read-back", work),
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
      WeakReference<ReadBack> check = new WeakReference<>(readBack);
      WeakReference<Object> written = new WeakReference<>(value);
      thread.execute(() -> recheck(check.get(), bytes, from, written.get()));
    } catch (RuntimeException | OutOfMemoryError e) {
      // No thread to be had: another value will be checked.
    }
  }

  private static void recheck(
      @Nullable ReadBack readBack, byte[] bytes, int from, @Nullable Object value) {
    if (readBack != null && value != null) {
      readBack.recheck(bytes, from, value);
    }
  }
}
