package io.github.rediscached.agent.thread;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Runs short tasks later, on one daemon thread that ends after a while without a task. Unlike the
 * JDK's timer for futures, its thread inherits nothing of the application's thread that starts it.
 * Thread-safe.
 */
public final class Timer {

  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor thread;

  /** Makes a timer; its thread starts with the first task. */
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
   * Runs a task once.
   *
   * @param work must not block, nor run code of the application
   * @return cancels the task, which is then removed at once
   */
  public Future<?> after(long nanos, Runnable work) {
    return thread.schedule(work, nanos, TimeUnit.NANOSECONDS);
  }
}
