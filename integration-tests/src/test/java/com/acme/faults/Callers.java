package com.acme.faults;

import com.acme.console.Console;
import io.github.rediscached.RedisCached;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Calls a cached method on many threads all the time, and says what the calls were like. A call
 * that has not ended yet counts with the time that it has taken so far.
 */
public final class Callers {

  private static final int ITEMS = 500;
  private static final int LOOKED_AT = 200;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(50);

  private final ThreadLocal<Boolean> ran = ThreadLocal.withInitial(() -> false);
  private final IntFunction<String> items;
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final AtomicInteger exceptions = new AtomicInteger();
  private volatile Queue<Called> calls = new ConcurrentLinkedQueue<>();
  private volatile long beganNanos = System.nanoTime();

  /** A call that has not ended; each is another one than all others. */
  private static final class Running {
    private final long startNanos = System.nanoTime();
  }

  /** A call that has ended, or how it is at this moment. */
  private record Called(long startNanos, long nanos, boolean hit) {}

  /**
   * @param cache another one than the agent
   * @param uri of its Redis
   */
  private Callers(String cache, String uri) throws ReflectiveOperationException {
    items = another(cache, uri, this::load);
  }

  private Callers() {
    items = this::item;
  }

  @SuppressWarnings("unchecked") // That is what such a class promises.
  private static IntFunction<String> another(String cache, String uri, IntFunction<String> source)
      throws ReflectiveOperationException {
    return (IntFunction<String>)
        Class.forName(cache)
            .getConstructor(String.class, IntFunction.class)
            .newInstance(uri, source);
  }

  /**
   * How many threads, and the milliseconds between two calls of one; for another cache than the
   * agent its class, an {@code IntFunction<String>} which is made of the URI of Redis and of what
   * loads, and that URI.
   */
  public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
    Callers callers =
        arguments.length > 2 ? new Callers(arguments[2], arguments[3]) : new Callers();
    int pauseMillis = Integer.parseInt(arguments[1]);
    for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
      int first = i * 17;
      Thread thread = new Thread(() -> callers.call(first, pauseMillis), "caller-" + i);
      thread.setDaemon(true);
      thread.start();
    }
    new Console()
        .on("begin", ignored -> callers.begin())
        .on("end", callers::end)
        .on("recovery", ignored -> callers.recovery())
        .serve();
  }

  @RedisCached(cache = "items", ttl = "1h", key = "#id")
  String item(int id) {
    return load(id);
  }

  private String load(int id) {
    ran.set(true);
    return "item " + id;
  }

  private void call(int first, int pauseMillis) {
    for (int id = first; ; id++) {
      ran.set(false);
      Running call = new Running();
      running.add(call);
      boolean answered = false;
      try {
        if (!items.apply(id % ITEMS).equals("item " + id % ITEMS)) {
          throw new IllegalStateException("a wrong answer");
        }
        answered = true;
      } catch (RuntimeException e) {
        exceptions.incrementAndGet();
      }
      boolean hit = answered && !ran.get();
      calls.add(new Called(call.startNanos, System.nanoTime() - call.startNanos, hit));
      running.remove(call);
      // Parking might be over at once, if the call has left the thread a permit.
      sleep(pauseMillis);
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Not before all calls have ended that may still wait for something of the past. */
  private String begin() {
    long start = System.nanoTime();
    while (running.stream().anyMatch(call -> call.startNanos - start < 0)
        && System.nanoTime() - start < PATIENCE_NANOS) {
      LockSupport.parkNanos(1_000_000);
    }
    exceptions.set(0);
    calls = new ConcurrentLinkedQueue<>();
    beganNanos = System.nanoTime();
    return "begun";
  }

  /**
   * Calls, exceptions, the longest in microseconds, and the 99th percentile of those that began or
   * still ran so many milliseconds later; hits in percent.
   */
  private String end(String noticeMillis) {
    List<Called> all = new ArrayList<>(calls);
    long hits = all.stream().filter(Called::hit).count();
    long now = System.nanoTime();
    running.forEach(call -> all.add(new Called(call.startNanos, now - call.startNanos, false)));
    long noticedNanos = beganNanos + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(noticeMillis));
    long longest = all.stream().mapToLong(Called::nanos).max().orElse(0);
    long[] later =
        all.stream()
            .filter(call -> call.startNanos + call.nanos - noticedNanos > 0)
            .mapToLong(Called::nanos)
            .sorted()
            .toArray();
    return String.join(
        " ",
        Integer.toString(all.size()),
        Integer.toString(exceptions.get()),
        Long.toString(longest / 1_000),
        Long.toString(later.length == 0 ? 0 : later[later.length * 99 / 100] / 1_000),
        Long.toString(100 * hits / Math.max(1, all.size())));
  }

  /** The milliseconds until most calls are hits again; -1 if they never are. */
  private String recovery() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      Queue<Called> fresh = new ConcurrentLinkedQueue<>();
      long from = System.nanoTime();
      calls = fresh;
      while (fresh.size() < LOOKED_AT && System.nanoTime() - start < PATIENCE_NANOS) {
        LockSupport.parkNanos(1_000_000);
      }
      if (fresh.stream().filter(Called::hit).count() > LOOKED_AT / 2) {
        return Long.toString(TimeUnit.NANOSECONDS.toMillis(from - start));
      }
    }
    return "-1";
  }
}
