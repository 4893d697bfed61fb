package io.github.rediscached.agent.call;

import io.github.rediscached.agent.thread.DaemonThreads;
import io.github.rediscached.agent.thread.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which calls of asynchronous methods go on: after each answer of Redis, with the
 * method itself, and with the callbacks of its future. {@link AsyncCall} uses it. The callbacks are
 * code of the application and may wait for each other, so each piece of work has a thread of its
 * own and there is no queue. Instead, a call begins only if there is a place for it. Thread-safe.
 */
final class AsyncThreads {

  private static final int MANY = 1_000;
  private static final long IDLE_SECONDS = 10;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Timer timer;

  /** Work that has a thread, and calls that will have one as soon as Redis answers. */
  private final AtomicInteger places = new AtomicInteger();

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

  /** Takes a place for a call; whether there was one left. {@link #leave} gives it back. */
  boolean enter() {
    boolean entered = places.incrementAndGet() <= MANY;
    if (!entered) {
      places.decrementAndGet();
    }
    return entered;
  }

  /** Takes a place for a call that had one before, and has waited for something without it. */
  void enterAgain() {
    places.incrementAndGet();
  }

  void leave() {
    places.decrementAndGet();
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
    Work once = new Work(loader, work, true);
    places.incrementAndGet();
    execute(once);
  }

  /** The same for a call that has a place. */
  void goOn(ClassLoader loader, Runnable work) {
    execute(new Work(loader, work, false));
  }

  private void execute(Work work) {
    try {
      threads.execute(work);
    } catch (RuntimeException | Error noThread) {
      try {
        var ignored = timer.after(RETRY_NANOS, () -> execute(work));
      } catch (RuntimeException | Error hopeless) {
        // A caller waits for the outcome, so better here than not at all.
        work.run();
      }
    }
  }

  /** Runs once: what has no room for a thread may be queued all the same, and then be retried. */
  private final class Work implements Runnable {

    private final ClassLoader loader;
    private final Runnable work;
    private final boolean leaves;
    private final AtomicBoolean begun = new AtomicBoolean();

    Work(ClassLoader loader, Runnable work, boolean leaves) {
      this.loader = loader;
      this.work = work;
      this.leaves = leaves;
    }

    @Override
    public void run() {
      if (!begun.compareAndSet(false, true)) {
        return;
      }
      Thread thread = Thread.currentThread();
      ClassLoader ours = thread.getContextClassLoader();
      try {
        thread.setContextClassLoader(loader);
        work.run();
      } catch (Throwable e) {
        // Work catches what it throws itself; there is no memory or stack left.
      } finally {
        thread.setContextClassLoader(ours);
        if (leaves) {
          leave();
        }
      }
    }
  }

  /** This thread calls the method of this call next, and wants it to run. */
  void willRun(AsyncCall call) {
    aboutToRun.put(Thread.currentThread(), call);
  }

  /** Whether this thread wants the method to run, and has not asked for it yet. */
  boolean isAboutToRun(AsyncCall call) {
    return !aboutToRun.isEmpty() && aboutToRun.get(Thread.currentThread()) == call;
  }

  /** Whether this thread wants the method to run, the first time that it is asked for. */
  boolean takeRun(AsyncCall call) {
    return !aboutToRun.isEmpty() && aboutToRun.remove(Thread.currentThread(), call);
  }
}
