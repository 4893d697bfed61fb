package io.github.rediscached.agent.call;

import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the calls of asynchronous methods go on: after each answer of Redis, with the method
 * itself, and with what waits for its future. That is code of the application and may wait for
 * other work of this kind, so there is a thread for each that is busy, and no queue. Thread-safe.
 */
final class AsyncThreads {

  private static final int MANY = 1_000;
  private static final long IDLE_SECONDS = 10;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Timer timer;
  private final AtomicInteger busy = new AtomicInteger();

  /** The calls whose methods our threads are about to run; taken by the calls that they make. */
  private final Map<Thread, AsyncCall> aboutToRun = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          work -> DaemonThreads.named("rediscached-async", work));

  AsyncThreads(Timer timer) {
    this.timer = timer;
  }

  /** Whether so many are busy that no further call should be begun. */
  boolean areMany() {
    return busy.get() >= MANY;
  }

  Timer timer() {
    return timer;
  }

  /**
   * Never throws, never waits.
   *
   * @param loader the context class loader
   * @param work must not throw
   */
  void run(ClassLoader loader, Runnable work) {
    busy.incrementAndGet();
    execute(() -> work(loader, work));
  }

  private void execute(Runnable work) {
    try {
      threads.execute(work);
    } catch (RuntimeException | Error noThread) {
      try {
        var ignored = timer.after(RETRY_NANOS, () -> execute(work));
      } catch (RuntimeException | Error hopeless) {
        // Somebody waits for what comes of it, so better here than not at all.
        work.run();
      }
    }
  }

  private void work(ClassLoader loader, Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader ours = thread.getContextClassLoader();
    try {
      thread.setContextClassLoader(loader);
      work.run();
    } catch (Throwable e) {
      // Work catches what it throws itself; there is no memory or stack left.
    } finally {
      thread.setContextClassLoader(ours);
      busy.decrementAndGet();
    }
  }

  /** This thread calls the method of this call next, and wants it to run. */
  void willRun(AsyncCall call) {
    aboutToRun.put(Thread.currentThread(), call);
  }

  /** Whether this thread wants the method to run, the first time that it is asked for. */
  boolean takeRun(AsyncCall call) {
    return !aboutToRun.isEmpty() && aboutToRun.remove(Thread.currentThread(), call);
  }
}
