package io.github.rediscached.benchmarks.near;

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
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Measures a near hit with all contenders, each in many short JVMs in turn with the others'. */
public final class NearRun {

  /**
   * What is measured: nanoseconds at one thread, millions of calls per second at more, bytes.
   *
   * @param unit is part of the name that the JSON file shows
   */
  private record Subject(Contender contender, Values values, int threads, String unit) {
    @Override
    public String toString() {
      return contender + " " + values + " " + threads + " threads, " + unit;
    }
  }

  private final Arguments arguments;
  private final String redisUri;
  private final Figures<Subject> figures = new Figures<>();

  private NearRun(Arguments arguments, String redisUri) {
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
                "threads", "1,8",
                "keys", "10000",
                "values", "immutable,mutable,bean",
                "contenders",
                    "caffeine,caffeine-text,caffeine-expiry,decode,agent,agent-key,agent-text-key,"
                        + "agent-property-key,spring,jetcache,redisson"),
            args);
    try (BenchmarkRedis redis = BenchmarkRedis.open()) {
      NearRun run = new NearRun(arguments, redis.uri());
      run.measure();
      run.report();
    }
    System.exit(0);
  }

  private List<Contender> contenders(Values values) {
    return arguments.constants("contenders", Contender.class).stream()
        .filter(contender -> contender.isFor(values))
        .toList();
  }

  private void measure() throws RunnerException {
    int rounds = arguments.number("rounds");
    for (int round = 1; round <= rounds; round++) {
      for (Values values : arguments.constants("values", Values.class)) {
        for (int threads : arguments.numbers("threads")) {
          for (Contender contender : contenders(values)) {
            measure(contender, values, threads);
          }
        }
      }
      System.out.println("round " + round + " of " + rounds + " is done");
    }
  }

  private void measure(Contender contender, Values values, int threads) throws RunnerException {
    BenchmarkJvm jvm =
        new BenchmarkJvm(NearHit.class.getName() + ".hit", arguments, redisUri)
            .with("contender", contender.name())
            .with("values", values.name())
            .with("keys", arguments.get("keys"));
    if (contender.needsAgent()) {
      jvm.withAgent("");
    }
    RunResult result =
        threads == 1
            ? jvm.run(threads, Mode.AverageTime, TimeUnit.NANOSECONDS)
            // Calls per microsecond are millions per second.
            : jvm.run(threads, Mode.Throughput, TimeUnit.MICROSECONDS);
    double figure = result.getPrimaryResult().getScore();
    double bytes = BenchmarkJvm.allocatedBytes(result);
    figures.add(new Subject(contender, values, threads, unit(threads)), figure);
    figures.add(new Subject(contender, values, threads, "bytes"), bytes);
    System.out.printf(
        Locale.ROOT,
        "%s %s, %d threads: %.2f %s, %.0f bytes%n",
        contender,
        values,
        threads,
        figure,
        unit(threads),
        bytes);
  }

  private static String unit(int threads) {
    return threads == 1 ? "ns" : "M/s";
  }

  private void report() throws IOException {
    Report report = new Report("near");
    List<Integer> allThreads = arguments.numbers("threads");
    for (Values values : arguments.constants("values", Values.class)) {
      report.line(
          values
              + " value: "
              + values.description()
              + ". In brackets: the cost of a call as a multiple of the first row's.");
      report.line("");
      List<RatioTable.Column> columns = new ArrayList<>();
      for (int threads : allThreads) {
        columns.add(
            threads == 1
                ? new RatioTable.Column("1 thread, ns", 1, false)
                : new RatioTable.Column(threads + " threads, million calls/s", 2, true));
      }
      columns.add(new RatioTable.Column("bytes allocated per call", 0, false));
      RatioTable table = new RatioTable(columns);
      for (Contender contender : contenders(values)) {
        double[] row = new double[columns.size()];
        for (int i = 0; i < allThreads.size(); i++) {
          int threads = allThreads.get(i);
          row[i] = figures.median(new Subject(contender, values, threads, unit(threads)));
        }
        row[allThreads.size()] =
            figures.median(new Subject(contender, values, allThreads.get(0), "bytes"));
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
