package io.github.rediscached.agent.call;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.protocol.ServerClock;
import io.github.rediscached.agent.thread.DaemonThreads;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Loads entries anew in the background, a few at a time. Where all threads are busy and many
 * entries wait, the present value serves on. Thread-safe.
 */
final class Refreshes {

  private static final int THREADS = 4;
  private static final int MAX_WAITING = 1_000;
  private static final long IDLE_SECONDS = 10;

  private final ServerClock clock;
  private final AgentLog log;

  /** The loads whose methods our threads are about to run; taken by the calls that they make. */
  private final Map<Thread, Load> reloaded = new ConcurrentHashMap<>();

  private final Set<ByteBuffer> underWay = ConcurrentHashMap.newKeySet();
  private @Nullable ThreadPoolExecutor threads;

  Refreshes(ServerClock clock, AgentLog log) {
    this.clock = clock;
    this.log = log;
  }

  /** The load for which this thread calls the method, the first time that it is asked for. */
  @Nullable Load take(CachedCall call) {
    if (reloaded.isEmpty()) {
      return null;
    }
    Load load = reloaded.get(Thread.currentThread());
    return load != null && load.call() == call ? reloaded.remove(Thread.currentThread()) : null;
  }

  /** Begins to load an entry anew, if it is time; returns at once. */
  void offer(
      CachedCall call,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Lookup lookup,
      byte[] callKey) {
    Lookup.Found found = lookup.result();
    long ageMillis = clock.latestMillis() - found.createdMillis();
    MethodHandle method = call.reloader();
    if (method == null
        || !call.policy()
            .isToBeRefreshed(ageMillis, found.loadMicros(), ThreadLocalRandom.current())) {
      return;
    }
    ByteBuffer key = ByteBuffer.wrap(callKey);
    if (!underWay.add(key)) {
      return;
    }
    try {
      threads().execute(() -> refresh(call, target, arguments, lookup, callKey, method, key));
    } catch (RuntimeException | Error e) {
      // Too many wait, or there is no room for a thread: the present value serves on.
      underWay.remove(key);
    }
  }

  private void refresh(
      CachedCall call,
      @Nullable Object target,
      @Nullable Object[] arguments,
      Lookup lookup,
      byte[] callKey,
      MethodHandle method,
      ByteBuffer key) {
    Thread thread = Thread.currentThread();
    ClassLoader ours = thread.getContextClassLoader();
    try {
      Load load = call.beginRefresh(target, arguments, lookup, callKey);
      if (load != null) {
        thread.setContextClassLoader(call.loader());
        reloaded.put(thread, load);
        Object ignored = method.invokeExact(target, arguments);
      }
    } catch (Throwable e) {
      // Counted as a failed load. The present value serves until its TTL ends.
      log.warnOnce(
          "refresh " + call.name(),
          call.name() + ": loading anew in the background failed: " + e.getClass().getName());
    } finally {
      Load notBegun = reloaded.remove(thread);
      if (notBegun != null) {
        notBegun.threw(new IllegalStateException());
      }
      thread.setContextClassLoader(ours);
      underWay.remove(key);
    }
  }

  private synchronized ThreadPoolExecutor threads() {
    ThreadPoolExecutor present = threads;
    if (present == null) {
      present =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(MAX_WAITING),
              work -> DaemonThreads.named("rediscached-refresh", work));
      present.allowCoreThreadTimeOut(true);
      threads = present;
    }
    return present;
  }
}
