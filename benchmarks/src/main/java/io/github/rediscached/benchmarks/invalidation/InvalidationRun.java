package io.github.rediscached.benchmarks.invalidation;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkCluster;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Figures;
import io.github.rediscached.benchmarks.Report;
import io.github.rediscached.benchmarks.ServedCommands;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Measures invalidations by tag, cache and pattern, a miss, and a cold key that many ask for. */
public final class InvalidationRun {

  /**
   * Of these one is watched, by a thread that does little else: each invalidation makes it load.
   */
  private static final int WRITTEN_KEYS = 20;

  /**
   * After an invalidation: look-up, lease, store, and the hits until one is kept. If calls were not
   * answered from memory it would be some two hundred.
   */
  private static final long MOST_READS = 10;

  private static final int CALLS = 200;

  /** So many misses, and rounds of a cold key, have loaded and compiled what there is to. */
  private static final int WARM_UP_MISSES = 20_000;

  private static final int WARM_UP_ROUNDS = 60;

  private static final int ROUNDS = 21;

  /** What keeps hits from being answered by the agent's own memory. */
  private static final String FROM_REDIS = ",near.enabled=false";

  private enum Part {
    ENTRIES,
    MISS,
    COLD,
    NEAR,
    PATTERN,
    CLUSTER
  }

  private final Arguments arguments;
  private final Report report = new Report("invalidation");

  private InvalidationRun(Arguments arguments) {
    this.arguments = arguments;
  }

  public static void main(String... args) throws Exception {
    new InvalidationRun(
            new Arguments(
                Map.of(
                    "parts",
                    "entries,miss,cold,near,pattern,cluster",
                    "entries",
                    "10,1000,100000,1000000",
                    "keys",
                    "1000000",
                    "doomed",
                    "100000",
                    "masters",
                    "1,3,6"),
                args))
        .run();
    System.exit(0);
  }

  private void run() throws Exception {
    for (Part part : arguments.constants("parts", Part.class)) {
      switch (part) {
        case ENTRIES -> byNumberOfEntries();
        case MISS -> misses();
        case COLD -> {
          stampede(1);
          stampede(4);
        }
        case NEAR -> seenByOthers();
        case PATTERN -> byPattern();
        case CLUSTER -> clusters();
      }
    }
    report.publish(arguments);
  }

  private void byNumberOfEntries() throws Exception {
    report.row(
        "entries with the tag", "invalidate the tag, median µs", "clear the cache, median µs");
    report.row("---:", "---:", "---:");
    for (int entries : arguments.numbers("entries")) {
      try (BenchmarkRedis redis = BenchmarkRedis.start();
          Application application = new Application(redis.uri())) {
        // Warm, so that only what depends on the number differs.
        application.ask("fill 100");
        application.ask("tag 2000");
        application.ask("fill " + entries);
        String tag = application.ask("tag " + CALLS);
        application.ask("fill " + entries);
        report.row(
            String.format(Locale.ROOT, "%,d", entries), tag, application.ask("cache " + CALLS));
      }
    }
    report.line("");
  }

  /**
   * One miss right after the other, and with pauses, as loads make them, in which what the miss
   * before has left to do is over.
   */
  private void misses() throws Exception {
    try (BenchmarkRedis redis = BenchmarkRedis.start();
        Application application = new Application(redis.uri())) {
      for (int pauseMicros : new int[] {0, 200}) {
        misses(application, redis.uri(), pauseMicros);
      }
    }
  }

  /** In turn with the same by hand, since the machine may be shared. */
  private void misses(Application application, String redisUri, int pauseMicros)
      throws IOException {
    String trips = " " + pauseMicros + " " + redisUri;
    application.ask("miss " + WARM_UP_MISSES + " " + pauseMicros);
    application.ask("trips " + WARM_UP_MISSES + trips);
    List<Long> misses = new ArrayList<>();
    List<Long> byHand = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      misses.add(Long.valueOf(application.ask("miss 1000 " + pauseMicros)));
      byHand.add(Long.valueOf(application.ask("trips 1000" + trips)));
    }
    misses.sort(null);
    byHand.sort(null);
    report.line(
        String.format(
            Locale.ROOT,
            "A miss whose method does nothing and whose result is not stored%s: %d µs; two GETs by hand, one"
                + " after the other: %d µs (medians of %d times 1,000).",
            pauseMicros == 0 ? "" : ", " + pauseMicros + " µs after the one before",
            misses.get(ROUNDS / 2),
            byHand.get(ROUNDS / 2),
            ROUNDS));
    report.line("");
  }

  private void stampede(int jvms) throws Exception {
    try (BenchmarkRedis redis = BenchmarkRedis.start()) {
      List<Application> applications = new ArrayList<>();
      try {
        for (int i = 0; i < jvms; i++) {
          Application application = new Application(redis.uri());
          applications.add(application);
          application.ask("miss " + WARM_UP_MISSES + " 0");
        }
        int mostLoads = 0;
        List<Long> slowest = new ArrayList<>();
        List<Long> afterLoad = new ArrayList<>();
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
          int loads = 0;
          long lastAnswer = 0;
          long lastAfterLoad = 0;
          long at = System.currentTimeMillis() + 300;
          for (Application application : applications) {
            application.send("cold " + 64 / jvms + " " + at + " key" + round);
          }
          for (Application application : applications) {
            String[] answer = application.hear().split(" ", -1);
            loads += Integer.parseInt(answer[0]);
            lastAnswer = Math.max(lastAnswer, Long.parseLong(answer[1]));
            lastAfterLoad = Math.max(lastAfterLoad, Long.parseLong(answer[2]));
          }
          if (round >= WARM_UP_ROUNDS) {
            mostLoads = Math.max(mostLoads, loads);
            slowest.add(lastAnswer);
            afterLoad.add(lastAfterLoad);
          }
        }
        slowest.sort(null);
        afterLoad.sort(null);
        report.line(
            "A cold key of which the load takes 50 ms, asked for by 64 threads in "
                + jvms
                + (jvms == 1 ? " JVM" : " JVMs")
                + ", "
                + ROUNDS
                + " times: at most "
                + mostLoads
                + " load, the last answer after "
                + slowest.get(ROUNDS / 2)
                + " ms, "
                + afterLoad.get(ROUNDS / 2)
                + " ms after the end of the load (medians; longest "
                + afterLoad.get(ROUNDS - 1)
                + " ms).");
        report.line("");
      } finally {
        for (Application application : applications) {
          application.close();
        }
      }
    }
  }

  /**
   * How long after an invalidation another JVM, which asks its near cache all the time, may still
   * be given what was there before.
   */
  private void seenByOthers() throws Exception {
    try (BenchmarkRedis redis = BenchmarkRedis.start();
        Application application = new Application(redis.uri())) {
      RedisClient client = RedisClient.create(redis.uri());
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        // Warm, misses and hits.
        application.ask("miss " + WARM_UP_MISSES + " 0");
        application.ask("watch 32000");
        write(connection, 30_000);
        application.hear();
        long readsBefore = reads(redis);
        application.ask("watch 22000");
        List<Long> written = write(connection, 20_000);
        List<Long> micros = delays(written, application.hear());
        if (reads(redis) - readsBefore > MOST_READS * written.size()) {
          throw new IllegalStateException("the calls were not answered from memory");
        }
        report.line(
            String.format(
                Locale.ROOT,
                "While 1,000 keys a second are invalidated, another JVM, which has one of them in its near"
                    + " cache, asks Redis again after: median %d µs, p99 %d µs, longest %d µs (%,d invalidations"
                    + " of this key).",
                micros.get(micros.size() / 2),
                micros.get(micros.size() * 99 / 100),
                micros.get(micros.size() - 1),
                micros.size()));
        report.line("");
      } finally {
        client.shutdown();
      }
    }
  }

  /** One server, and clusters: hits in Redis, and invalidations of a tag, in turn. */
  private void clusters() throws Exception {
    List<String> names = new ArrayList<>(List.of("one server"));
    List<AutoCloseable> opened = new ArrayList<>();
    List<Application> applications = new ArrayList<>();
    try {
      BenchmarkRedis one = BenchmarkRedis.start();
      opened.add(one);
      applications.add(new Application(one.uri(), FROM_REDIS));
      for (int masters : arguments.numbers("masters")) {
        BenchmarkCluster cluster = new BenchmarkCluster(masters);
        opened.add(cluster);
        applications.add(new Application(cluster.uri(), FROM_REDIS));
        names.add("a cluster of " + masters);
      }
      opened.addAll(applications);
      Figures<String> figures = new Figures<>();
      for (int round = -3; round < ROUNDS; round++) {
        for (int i = 0; i < names.size(); i++) {
          Application application = applications.get(i);
          application.ask("fill 1000");
          double hit = Double.parseDouble(application.ask("hit 5000"));
          double load = Double.parseDouble(application.ask("load 32 500"));
          double tag = Double.parseDouble(application.ask("tag 1000"));
          if (round >= 0) {
            figures.add(names.get(i) + " hit", hit);
            figures.add(names.get(i) + " load", load);
            figures.add(names.get(i) + " tag", tag);
          }
        }
      }
      report.row(
          "Redis is",
          "a hit, median µs",
          "32 threads, thousand hits/s",
          "invalidate a tag, median µs");
      report.row("---", "---:", "---:", "---:");
      for (String name : names) {
        report.row(
            name,
            ofFirst(figures, name + " hit", names.get(0) + " hit"),
            ofFirst(figures, name + " load", names.get(0) + " load"),
            ofFirst(figures, name + " tag", names.get(0) + " tag"));
      }
      report.line("");
    } finally {
      for (AutoCloseable each : opened) {
        each.close();
      }
    }
  }

  /** With the ratio to the first row's. */
  private static String ofFirst(Figures<String> figures, String name, String first) {
    return String.format(
        Locale.ROOT,
        "%.0f (%.2f)",
        figures.median(name),
        figures.medianOfRounds(name, first, (a, b) -> a / b));
  }

  private static long reads(BenchmarkRedis redis) {
    return ServedCommands.of(redis.uri()).getOrDefault("mget", 0L);
  }

  /** Invalidates one key after the other, a thousand in a second; when that of the watched one. */
  private static List<Long> write(StatefulRedisConnection<String, String> connection, int count) {
    List<Long> written = new ArrayList<>();
    long startNanos = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long dueNanos = startNanos + i * 1_000_000L;
      while (System.nanoTime() < dueNanos) {
        LockSupport.parkNanos(dueNanos - System.nanoTime());
      }
      int id = i % WRITTEN_KEYS;
      String key = "stock:watched:" + id;
      if (id == 0) {
        written.add(System.nanoTime());
      }
      connection.sync().unlink(key, key + ":~l");
    }
    return written;
  }

  /**
   * From each invalidation to the beginning of the first call that was not answered from memory any
   * more.
   *
   * @param seen the beginning and the end of each such call
   */
  private static List<Long> delays(List<Long> written, String seen) {
    NavigableMap<Long, Long> beginsByEnd = new TreeMap<>();
    for (String call : seen.split(" ", -1)) {
      String[] parts = call.split(":", -1);
      beginsByEnd.put(Long.valueOf(parts[1]), Long.valueOf(parts[0]));
    }
    List<Long> micros = new ArrayList<>();
    for (long nanos : written) {
      Map.Entry<Long, Long> first = beginsByEnd.ceilingEntry(nanos);
      if (first == null) {
        throw new IllegalStateException("an invalidation was never seen");
      }
      micros.add(Math.max(0, first.getValue() - nanos) / 1_000);
    }
    micros.sort(null);
    return micros;
  }

  /** Another client's PINGs show whether Redis is held up, and what each command takes it. */
  private void byPattern() throws Exception {
    int keys = arguments.number("keys");
    int doomed = arguments.number("doomed");
    try (BenchmarkRedis redis = BenchmarkRedis.start();
        Application application = new Application(redis.uri())) {
      RedisClient client = RedisClient.create(redis.uri());
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        RedisCommands<String, String> commands = connection.sync();
        fill(commands, keys, doomed);
        // Warm; then as many commands that hold up nobody.
        pings(commands, application, "tag 20000");
        Pings undisturbed = pings(commands, application, "tag 20000");
        commands.configSet("latency-tracking-info-percentiles", "100");
        commands.configResetstat();
        Pings disturbed = pings(commands, application, "pattern");
        report.line(
            String.format(
                Locale.ROOT,
                "Delete %,d of %,d keys by pattern: %d ms, %d keys left. The slowest PING of another client"
                    + " meanwhile: %.1f ms, p99.9 %.1f ms (while a tag is invalidated again and again: %.1f and"
                    + " %.1f ms). What Redis itself took at most for one command: %s.",
                doomed,
                keys,
                Long.parseLong(disturbed.answer) / 1_000,
                commands.dbsize(),
                disturbed.slowestMillis(),
                disturbed.p999Millis(),
                undisturbed.slowestMillis(),
                undisturbed.p999Millis(),
                longest(commands, "scan", "unlink")));
      } finally {
        client.shutdown();
      }
    }
  }

  private record Pings(List<Long> nanos, String answer) {

    double slowestMillis() {
      return nanos.get(nanos.size() - 1) / 1e6;
    }

    double p999Millis() {
      return nanos.get(nanos.size() * 999 / 1_000) / 1e6;
    }
  }

  /** Sends one PING after the other until the application has answered. */
  private static Pings pings(
      RedisCommands<String, String> commands, Application application, String command)
      throws Exception {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return application.ask(command);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    List<Long> nanos = new ArrayList<>();
    while (!answer.isDone()) {
      long start = System.nanoTime();
      commands.ping();
      nanos.add(System.nanoTime() - start);
    }
    nanos.sort(null);
    return new Pings(nanos, answer.get());
  }

  /** In Redis's own words, of which a percentile of 100 is the longest. */
  private static String longest(RedisCommands<String, String> commands, String... names) {
    List<String> longest = new ArrayList<>();
    for (String line : commands.info("latencystats").split("\\R", -1)) {
      for (String name : names) {
        String prefix = "latency_percentiles_usec_" + name + ":p100=";
        if (line.startsWith(prefix)) {
          longest.add(
              String.format(
                  Locale.ROOT,
                  "%s %.1f ms",
                  name.toUpperCase(Locale.ROOT),
                  Double.parseDouble(line.substring(prefix.length())) / 1_000));
        }
      }
    }
    return String.join(", ", longest);
  }

  private static void fill(RedisCommands<String, String> commands, int keys, int doomed) {
    String script =
        "for i = ARGV[1], ARGV[2] do redis.call('SET', ARGV[3] .. i, 'value of ' .. i, 'EX', 3600) end";
    for (int from = 0; from < keys; from += 10_000) {
      String prefix = from < doomed ? "stock:old:" : "stock:other:";
      commands.eval(
          script,
          ScriptOutputType.STATUS,
          new String[0],
          Integer.toString(from),
          Integer.toString(from + 9_999),
          prefix);
    }
  }

  /** A JVM with the agent. */
  private final class Application implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    Application(String redisUri) throws IOException {
      this(redisUri, "");
    }

    /**
     * @param more settings, each behind a comma
     */
    Application(String redisUri, String more) throws IOException {
      this.process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-javaagent:"
                      + arguments.get("agent")
                      + "=namespace=stock,redis.timeout=5s,pattern-wait=1m,redis.uri="
                      + redisUri
                      + more,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Stock.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      this.answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String ask(String command) throws IOException {
      send(command);
      return hear();
    }

    void send(String command) throws IOException {
      OutputStream commands = process.getOutputStream();
      commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      commands.flush();
    }

    String hear() throws IOException {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the application has ended");
      }
      return answer;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
