package io.github.rediscached.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH benchmark once, in a JVM of its own, for as long as the arguments say. */
public final class BenchmarkJvm {

  /** The system property that names the Redis to use. */
  public static final String REDIS = "benchmark.redis";

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final ChainedOptionsBuilder options;
  private final Arguments arguments;
  private final String redisUri;
  private final List<String> jvmArguments = new ArrayList<>();

  /**
   * @param benchmark the method, as {@code Class.method} with the package
   * @param arguments {@code warmup} and {@code seconds}, both in seconds, and {@code agent}
   */
  public BenchmarkJvm(String benchmark, Arguments arguments, String redisUri) {
    this.arguments = arguments;
    this.redisUri = redisUri;
    options =
        new OptionsBuilder()
            .include(benchmark + "$")
            .forks(1)
            .warmupIterations(arguments.number("warmup"))
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(arguments.number("seconds"))
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .jvmArgsAppend("-Xms512m", "-Xmx512m", "-D" + REDIS + "=" + redisUri);
    if (Runtime.version().feature() >= 24) {
      // JMH's own; the warnings would stand between the figures.
      jvmArguments.add("--sun-misc-unsafe-memory-access=allow");
    }
  }

  /** Sets one of the benchmark's own parameters. */
  public BenchmarkJvm with(String parameter, String value) {
    options.param(parameter, value);
    return this;
  }

  /**
   * With the agent, a namespace of its own and long timeouts.
   *
   * @param settings more of the agent's arguments, each with a comma before it
   */
  public BenchmarkJvm withAgent(String settings) {
    jvmArguments.add(
        "-javaagent:"
            + arguments.get("agent")
            + "=redis.uri="
            + redisUri
            + ",redis.timeout=5s,redis.connect-timeout=5s,namespace=benchmark-"
            + ProcessHandle.current().pid()
            + "-"
            + System.nanoTime()
            + settings);
    return this;
  }

  /**
   * Measures.
   *
   * @param unit of a call's time, or the time of which the calls are counted
   * @throws RunnerException also if the benchmark found an answer wrong
   */
  public RunResult run(int threads, Mode mode, TimeUnit unit) throws RunnerException {
    options.threads(threads).mode(mode).timeUnit(unit);
    options.jvmArgsPrepend(jvmArguments.toArray(new String[0]));
    return new Runner(options.build()).runSingle();
  }

  /** Bytes for one call, by all threads. */
  public static double allocatedBytes(RunResult result) {
    return Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
        .getScore();
  }
}
