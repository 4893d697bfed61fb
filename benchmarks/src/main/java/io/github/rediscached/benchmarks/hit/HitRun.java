package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkJvm;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Figures;
import io.github.rediscached.benchmarks.RatioTable;
import io.github.rediscached.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a hit with all contenders. The machine may be shared, so each contender gets many short
 * JVMs in turn with the others', and what counts is the median of its JVMs.
 */
public final class HitRun {

  /** What keeps the agent's hits from being answered by its own memory. */
  private static final String FROM_REDIS = ",near.enabled=false";

  /**
   * What is measured: microseconds at one thread, thousands of calls per second at more, bytes.
   *
   * @param unit is part of the name that the JSON file shows
   */
  private record Subject(Contender contender, Size size, int threads, String unit) {
    @Override
    public String toString() {
      return contender + " " + size + " " + threads + " threads, " + unit;
    }
  }

  private final Arguments arguments;
  private final String redisUri;
  private final Figures<Subject> figures = new Figures<>();

  private HitRun(Arguments arguments, String redisUri) {
    this.arguments = arguments;
    this.redisUri = redisUri;
  }

  public static void main(String... args) throws IOException, RunnerException {
    Arguments arguments =
        new Arguments(
            Map.of(
                "rounds", "5",
                "warmup", "3",
                "seconds", "3",
                "threads", "1,8,32",
                "sizes", "small,large",
                "contenders",
                    "hand-written,hand-written-async,hand-written-names,hand-written-jedis,agent,agent-tags,agent-result-tags,agent-future,jetcache,redisson,spring-jdk,spring-json"),
            args);
    try (BenchmarkRedis redis = BenchmarkRedis.open()) {
      HitRun run = new HitRun(arguments, redis.uri());
      run.measure();
      run.report();
    }
    System.exit(0);
  }

  private void measure() throws RunnerException {
    int rounds = arguments.number("rounds");
    for (int round = 1; round <= rounds; round++) {
      for (Size size : arguments.constants("sizes", Size.class)) {
        for (int threads : arguments.numbers("threads")) {
          for (Contender contender : arguments.constants("contenders", Contender.class)) {
            measure(contender, size, threads);
          }
        }
      }
      System.out.println("round " + round + " of " + rounds + " is done");
    }
  }

  private void measure(Contender contender, Size size, int threads) throws RunnerException {
    boolean latency = threads == 1;
    BenchmarkJvm jvm =
        new BenchmarkJvm(RedisHit.class.getName() + ".hit", arguments, redisUri)
            .with("contender", contender.name())
            .with("size", size.name());
    if (contender.needsAgent()) {
      jvm.withAgent(FROM_REDIS + contender.settings());
    }
    RunResult result =
        jvm.run(threads, latency ? Mode.SampleTime : Mode.Throughput, TimeUnit.MICROSECONDS);
    Result<?> primary = result.getPrimaryResult();
    double figure =
        latency
            ? primary.getStatistics().getPercentile(50)
            // From calls per microsecond.
            : primary.getScore() * 1000;
    double bytes = BenchmarkJvm.allocatedBytes(result);
    figures.add(new Subject(contender, size, threads, unit(threads)), figure);
    figures.add(new Subject(contender, size, threads, "bytes"), bytes);
    System.out.printf(
        Locale.ROOT,
        "%s %s, %d threads: %.1f %s, %.0f bytes%n",
        contender,
        size,
        threads,
        figure,
        unit(threads),
        bytes);
  }

  private static String unit(int threads) {
    return threads == 1 ? "µs" : "k/s";
  }

  private void report() throws IOException {
    Report report = new Report("hit");
    List<Integer> allThreads = arguments.numbers("threads");
    for (Size size : arguments.constants("sizes", Size.class)) {
      report.line(
          size
              + " value ("
              + KryoPool.registered().write(new OrderSource(size).load(1)).length
              + " bytes by hand). In brackets: the cost of a call as a multiple of the first row's.");
      report.line("");
      List<RatioTable.Column> columns = new ArrayList<>();
      for (int threads : allThreads) {
        columns.add(
            threads == 1
                ? new RatioTable.Column("1 thread, median µs", 1, false)
                : new RatioTable.Column(threads + " threads, thousand calls/s", 1, true));
      }
      columns.add(new RatioTable.Column("bytes allocated per call", 0, false));
      RatioTable table = new RatioTable(columns);
      for (Contender contender : arguments.constants("contenders", Contender.class)) {
        double[] row = new double[columns.size()];
        for (int i = 0; i < allThreads.size(); i++) {
          int threads = allThreads.get(i);
          row[i] = figures.median(new Subject(contender, size, threads, unit(threads)));
        }
        row[allThreads.size()] =
            figures.median(new Subject(contender, size, allThreads.get(0), "bytes"));
        table.add(contender.title(), row);
      }
      table.writeTo(report);
    }
    report.publish(arguments);
    if (!arguments.get("json").isEmpty()) {
      Files.writeString(Path.of(arguments.get("json")), figures.toJson());
    }
  }
}
