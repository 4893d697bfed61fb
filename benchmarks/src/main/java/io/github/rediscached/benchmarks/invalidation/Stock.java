package io.github.rediscached.benchmarks.invalidation;

import io.github.rediscached.RedisCached;
import io.github.rediscached.RedisEvict;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The application that is measured, in a JVM with the agent. It is told one command on each line of
 * stdin and answers each with one line: see {@link #answer}.
 */
public final class Stock {

  private static final int ITEMS = 1_000;
  private static final AtomicInteger LOADS = new AtomicInteger();

  private Stock() {}

  public static void main(String[] arguments) throws Exception {
    var in =
        new java.io.BufferedReader(
            new java.io.InputStreamReader(System.in, java.nio.charset.StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(answer(line.split(" ", -1)));
    }
  }

  private static String answer(String[] words) throws Exception {
    int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
    return switch (words[0]) {
      case "fill" -> fill(number);
      case "tag" -> micros(number, 0, Stock::changed);
      case "hit" -> hits(number);
      case "load" -> thousandHitsPerSecond(number, Integer.parseInt(words[2]));
      case "cache" -> micros(number, 0, Stock::allChanged);
      case "pattern" -> micros(1, 0, Stock::halfChanged);
      case "miss" -> micros(number, Integer.parseInt(words[2]), Stock::miss);
      case "trips" -> twoRoundTrips(number, Integer.parseInt(words[2]), words[3]);
      case "watch" -> watch(number);
      case "cold" -> cold(number, Long.parseLong(words[2]), words[3]);
      default -> "unknown";
    };
  }

  @RedisCached(cache = "stock", tags = "stock")
  static String item(int id) {
    LOADS.incrementAndGet();
    return "item " + id;
  }

  @RedisCached(cache = "misses", unless = "true")
  static String miss(int id) {
    return "item " + id;
  }

  static void miss() {
    miss(LOADS.incrementAndGet());
  }

  /** The median time of a hit among {@value #ITEMS} entries, in microseconds. */
  private static String hits(int times) {
    AtomicInteger next = new AtomicInteger();
    return micros(times, 0, () -> item(next.incrementAndGet() % ITEMS));
  }

  /** So many threads ask for entries, for some milliseconds. */
  private static String thousandHitsPerSecond(int threads, int millis) throws InterruptedException {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    LongAdder calls = new LongAdder();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i;
      Thread thread =
          new Thread(
              () -> {
                for (int id = first; System.nanoTime() < endNanos; id++) {
                  item(id % ITEMS);
                  calls.increment();
                }
              });
      thread.start();
      all.add(thread);
    }
    for (Thread thread : all) {
      thread.join();
    }
    return Long.toString(calls.sum() / millis);
  }

  /** What a miss takes at least: two questions to Redis by hand, the second after the answer. */
  private static String twoRoundTrips(int times, int pauseMicros, String redisUri) {
    RedisClient client = RedisClient.create(redisUri);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      RedisCommands<String, String> commands = connection.sync();
      return micros(
          times,
          pauseMicros,
          () -> {
            String key = "by-hand:" + LOADS.incrementAndGet();
            commands.get(key);
            commands.get(key);
          });
    } finally {
      client.shutdown();
    }
  }

  @RedisEvict(tags = "stock")
  static void changed() {}

  @RedisEvict(cache = "stock", allEntries = true)
  static void allChanged() {}

  @RedisEvict(keyPattern = "stock:old:*")
  static void halfChanged() {}

  @RedisCached(cache = "slow", key = "#key")
  static String slow(String key) {
    LOADS.incrementAndGet();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    return Long.toString(System.currentTimeMillis());
  }

  @RedisCached(cache = "watched")
  static String watched(int id) {
    LOADS.incrementAndGet();
    return "item " + id;
  }

  /**
   * Says that it begins, and asks for one key again and again, some ten thousand times a second,
   * for so long; when each call began, and ended, that found nothing any more.
   */
  private static String watch(int millis) {
    List<String> seen = new ArrayList<>();
    System.out.println("watching");
    long beginNanos = System.nanoTime();
    long endNanos = beginNanos + TimeUnit.MILLISECONDS.toNanos(millis);
    while (beginNanos < endNanos) {
      int before = LOADS.get();
      watched(0);
      if (LOADS.get() != before) {
        seen.add(beginNanos + ":" + System.nanoTime());
      }
      LockSupport.parkNanos(50_000);
      beginNanos = System.nanoTime();
    }
    return String.join(" ", seen);
  }

  /** Loads so many entries, all with one tag. */
  private static String fill(int entries) throws InterruptedException {
    int threads = 16;
    List<Thread> loaders = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      Thread loader =
          new Thread(
              () -> {
                for (int id = first; id < entries; id += threads) {
                  item(id);
                }
              });
      loader.start();
      loaders.add(loader);
    }
    for (Thread loader : loaders) {
      loader.join();
    }
    return "filled";
  }

  /**
   * The median time of a call, in microseconds.
   *
   * @param pauseMicros before each
   */
  private static String micros(int times, int pauseMicros, Runnable call) {
    List<Long> nanos = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      if (pauseMicros > 0) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(pauseMicros));
      }
      long start = System.nanoTime();
      call.run();
      nanos.add(System.nanoTime() - start);
    }
    nanos.sort(null);
    return Long.toString(nanos.get(nanos.size() / 2) / 1_000);
  }

  /**
   * So many threads ask for one key at the given time: loads in this JVM, and the milliseconds from
   * that time, and from the end of the load, to the last answer.
   */
  private static String cold(int threads, long atMillis, String key) throws InterruptedException {
    int before = LOADS.get();
    CountDownLatch end = new CountDownLatch(threads);
    AtomicLong loadedMillis = new AtomicLong();
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                while (System.currentTimeMillis() < atMillis) {
                  LockSupport.parkNanos(100_000);
                }
                loadedMillis.accumulateAndGet(Long.parseLong(slow(key)), Math::max);
                end.countDown();
              })
          .start();
    }
    end.await();
    long now = System.currentTimeMillis();
    return LOADS.get() - before + " " + (now - atMillis) + " " + (now - loadedMillis.get());
  }
}
