package io.github.rediscached.sample;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The processes that this one has started. However it ends (but for {@code kill -9}), they end
 * before it, the last started first. Thread-safe.
 */
final class Children {

  private static final long PATIENCE_SECONDS = 10;

  private final Deque<Process> processes = new ArrayDeque<>();
  private boolean closed;

  Children() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "children"));
  }

  /**
   * Starts a process.
   *
   * @throws Failure if there is no such program, or this process is ending
   */
  synchronized Process start(ProcessBuilder builder) {
    if (closed) {
      throw new Failure("Interrupted");
    }
    try {
      Process process = builder.start();
      processes.push(process);
      return process;
    } catch (IOException e) {
      throw new Failure("Could not start " + builder.command().get(0) + ": " + e.getMessage(), e);
    }
  }

  /** Ends one of them and returns when it has ended. */
  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Whether this process is ending. */
  synchronized boolean closed() {
    return closed;
  }

  private synchronized void close() {
    closed = true;
    processes.forEach(Children::stop);
  }
}
