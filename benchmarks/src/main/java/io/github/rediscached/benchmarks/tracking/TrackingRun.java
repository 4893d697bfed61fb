package io.github.rediscached.benchmarks.tracking;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Report;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What client tracking costs: for the keys that a client has read ({@code OPTIN}), as the agent has
 * it, and for all keys with a prefix ({@code BCAST}).
 */
public final class TrackingRun {

  private static final int KEYS = 100_000;
  private static final int READ_BY_EACH = 2_000;
  private static final int WRITES = 5_000;
  private static final String PREFIX = "shop:products:";

  private final Arguments arguments;
  private final Report report = new Report("tracking");

  private TrackingRun(Arguments arguments) {
    this.arguments = arguments;
  }

  public static void main(String... args) throws Exception {
    new TrackingRun(new Arguments(Map.of("clients", "1,50"), args)).run();
    System.exit(0);
  }

  private void run() throws Exception {
    report.row(
        "clients",
        "how",
        "more memory in Redis, KB",
        "pushes for each write",
        "bytes from Redis for each write",
        "a push after the write, median µs",
        "p99 µs");
    report.row("---:", "---", "---:", "---:", "---:", "---:", "---:");
    for (int clients : arguments.numbers("clients")) {
      measure(clients, false);
      measure(clients, true);
    }
    report.publish(arguments);
  }

  private void measure(int clients, boolean broadcast) throws Exception {
    try (BenchmarkRedis redis = BenchmarkRedis.start()) {
      RedisClient client = RedisClient.create(redis.uri());
      try (StatefulRedisConnection<String, String> writer = client.connect()) {
        fill(writer);
        LongAdder pushes = new LongAdder();
        Map<String, Long> seenNanos = new ConcurrentHashMap<>();
        List<StatefulRedisConnection<String, String>> readers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
          readers.add(reader(client, pushes, i == 0 ? seenNanos : Map.of()));
        }
        long before = info(writer, "memory", "used_memory:");
        for (int i = 0; i < clients; i++) {
          track(readers.get(i).async(), broadcast, i);
        }
        long memory = info(writer, "memory", "used_memory:") - before;
        long sent = info(writer, "stats", "total_net_output_bytes:");
        List<Long> micros = write(writer, seenNanos);
        sent = info(writer, "stats", "total_net_output_bytes:") - sent;
        report.row(
            Integer.toString(clients),
            broadcast ? "all with the prefix (BCAST)" : "what was read (OPTIN)",
            Long.toString(memory / 1_000),
            String.format(Locale.ROOT, "%.2f", (double) pushes.sum() / WRITES),
            Long.toString(sent / WRITES),
            Long.toString(micros.get(micros.size() / 2)),
            Long.toString(micros.get(micros.size() * 99 / 100)));
      } finally {
        client.shutdown();
      }
    }
  }

  private static void fill(StatefulRedisConnection<String, String> writer) {
    for (int from = 0; from < KEYS; from += 1_000) {
      Map<String, String> values = new HashMap<>();
      for (int i = from; i < from + 1_000; i++) {
        values.put(PREFIX + i, "value");
      }
      writer.sync().mset(values);
    }
  }

  private static StatefulRedisConnection<String, String> reader(
      RedisClient client, LongAdder pushes, Map<String, Long> seenNanos) {
    StatefulRedisConnection<String, String> reader = client.connect();
    reader.addListener(
        message -> {
          if (message.getContent().get(1) instanceof List<?> keys) {
            pushes.add(keys.size());
            for (Object key : keys) {
              if (seenNanos instanceof ConcurrentHashMap && key instanceof ByteBuffer name) {
                seenNanos.put(
                    StandardCharsets.UTF_8.decode(name.duplicate()).toString(), System.nanoTime());
              }
            }
          }
        });
    return reader;
  }

  /** Each reader has read keys of its own choice, the first one always the first ones. */
  private static void track(
      RedisAsyncCommands<String, String> commands, boolean broadcast, int reader) throws Exception {
    TrackingArgs how = TrackingArgs.Builder.enabled();
    commands.clientTracking(broadcast ? how.bcast().prefixes(PREFIX) : how.optin()).get();
    Random random = new Random(reader);
    RedisFuture<?> last = commands.ping();
    for (int i = 0; i < READ_BY_EACH; i++) {
      if (!broadcast) {
        RedisFuture<?> unused = commands.clientCaching(true);
      }
      last = commands.get(PREFIX + (reader == 0 ? i : random.nextInt(KEYS)));
    }
    last.get(1, TimeUnit.MINUTES);
  }

  /**
   * A thousand writes a second, each tenth of a key that the first reader has read; how long it
   * took until that one was told.
   */
  private static List<Long> write(
      StatefulRedisConnection<String, String> writer, Map<String, Long> seenNanos) {
    Map<String, Long> writtenNanos = new HashMap<>();
    Random random = new Random(1);
    long startNanos = System.nanoTime();
    for (int i = 0; i < WRITES; i++) {
      long dueNanos = startNanos + i * 1_000_000L;
      while (System.nanoTime() < dueNanos) {
        LockSupport.parkNanos(dueNanos - System.nanoTime());
      }
      boolean watched = i % 10 == 0;
      String key = PREFIX + (watched ? i / 10 : READ_BY_EACH + random.nextInt(KEYS - READ_BY_EACH));
      if (watched) {
        writtenNanos.put(key, System.nanoTime());
      }
      writer.sync().set(key, "other value");
    }
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!seenNanos.keySet().containsAll(writtenNanos.keySet())
        && System.nanoTime() < deadlineNanos) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    List<Long> micros = new ArrayList<>();
    writtenNanos.forEach(
        (key, nanos) -> {
          Long seen = seenNanos.get(key);
          if (seen != null) {
            micros.add((seen - nanos) / 1_000);
          }
        });
    micros.sort(null);
    return micros;
  }

  private static long info(
      StatefulRedisConnection<String, String> connection, String section, String name) {
    return connection
        .sync()
        .info(section)
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
