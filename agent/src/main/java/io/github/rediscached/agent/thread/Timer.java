package io.github.rediscached.agent.thread;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Does short things later, on one daemon thread that ends when there has been nothing to do for a
 * while. Not the JDK's own for futures: that one would keep what the application's thread that
 * happens to start it has. Thread-safe.
 */
public final class Timer {

  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor thread;

  /** Starts no thread yet. */
  public Timer(String threadName) {
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            new ThreadFactory() {
              @Override
              public Thread newThread(Runnable work) {
                return DaemonThreads.named(threadName, work);
              }
            });
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setRemoveOnCancelPolicy(true);
  }

  /**
   * Does something once.
   *
   * @param work must not wait, nor run anything of the application
   * @return to be cancelled when it is not wanted any more; it is forgotten at once then
   */
  public Future<?> after(long nanos, Runnable work) {
    return thread.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }
}
