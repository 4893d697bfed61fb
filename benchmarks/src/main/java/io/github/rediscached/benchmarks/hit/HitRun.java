package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.benchmarks.Arguments;
import io.github.rediscached.benchmarks.BenchmarkRedis;
import io.github.rediscached.benchmarks.Figures;
import io.github.rediscached.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures a hit with all contenders. The machine may be shared, so each contender gets many short
 * JVMs in turn with the others', and what counts is the median of its JVMs.
 */
public final class HitRun {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

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
                    "hand-written,hand-written-async,hand-written-names,agent,agent-tags,agent-result-tags,jetcache,spring-jdk,spring-json"),
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
    var options =
        new OptionsBuilder()
            .include(RedisHit.class.getName() + ".hit")
            .param("contender", contender.name())
            .param("size", size.name())
            .threads(threads)
            .mode(latency ? Mode.SampleTime : Mode.Throughput)
            .forks(1)
            .warmupIterations(arguments.number("warmup"))
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(arguments.number("seconds"))
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("-Xms512m", "-Xmx512m", "-D" + RedisHit.REDIS + "=" + redisUri);
    options.jvmArgsPrepend(jvmArguments(contender));
    RunResult result = new Runner(options.build()).runSingle();
    Result<?> primary = result.getPrimaryResult();
    double figure =
        latency
            ? primary.getStatistics().getPercentile(50)
            // From calls per microsecond.
            : primary.getScore() * 1000;
    double bytes =
        Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED).getScore();
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

  private String[] jvmArguments(Contender contender) {
    List<String> jvmArguments = new ArrayList<>();
    if (Runtime.version().feature() >= 24) {
      // JMH's own; the warnings would stand between the figures.
      jvmArguments.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (contender.needsAgent()) {
      jvmArguments.add(
          "-javaagent:"
              + arguments.get("agent")
              + "=redis.uri="
              + redisUri
              + ",redis.timeout=5s,redis.connect-timeout=5s,namespace=benchmark-"
              + ProcessHandle.current().pid()
              + "-"
              + System.nanoTime());
    }
    return jvmArguments.toArray(new String[0]);
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
      String[] head = new String[allThreads.size() + 2];
      String[] rule = new String[head.length];
      head[0] = "";
      rule[0] = "---";
      for (int i = 0; i < allThreads.size(); i++) {
        int threads = allThreads.get(i);
        head[i + 1] = threads == 1 ? "1 thread, median µs" : threads + " threads, thousand calls/s";
        rule[i + 1] = "---:";
      }
      head[head.length - 1] = "bytes allocated per call";
      rule[rule.length - 1] = "---:";
      report.row(head);
      report.row(rule);
      for (Contender contender : arguments.constants("contenders", Contender.class)) {
        String[] cells = new String[head.length];
        cells[0] = contender.title();
        for (int i = 0; i < allThreads.size(); i++) {
          int threads = allThreads.get(i);
          cells[i + 1] = cell(contender, size, threads, unit(threads), threads > 1);
        }
        cells[cells.length - 1] = cell(contender, size, allThreads.get(0), "bytes", false);
        report.row(cells);
      }
      report.line("");
    }
    report.print();
    if (!arguments.get("json").isEmpty()) {
      Files.writeString(Path.of(arguments.get("json")), figures.toJson());
    }
    if (!arguments.get("docs").isEmpty()) {
      report.putInto(Path.of(arguments.get("docs")));
    }
  }

  private String cell(
      Contender contender, Size size, int threads, String unit, boolean moreIsBetter) {
    double figure = figures.median(new Subject(contender, size, threads, unit));
    Contender first = arguments.constants("contenders", Contender.class).get(0);
    double base = figures.median(new Subject(first, size, threads, unit));
    return String.format(
        Locale.ROOT,
        unit.equals("bytes") ? "%.0f (%.2f)" : "%.1f (%.2f)",
        figure,
        moreIsBetter ? base / figure : figure / base);
  }
}
