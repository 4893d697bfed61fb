package io.github.rediscached.benchmarks.hit;

import io.github.rediscached.benchmarks.BenchmarkJvm;
import java.util.Objects;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One call whose result is in Redis. Fails if a call is no hit or the answer is wrong. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls the set-up.
public class RedisHit {

  /** How many entries are read in turn; a power of two. */
  private static final int ENTRIES = 64;

  @Param public Contender contender;
  @Param public Size size;

  private FilledCache cache;

  /** Which order a thread asks for next. */
  @State(Scope.Thread)
  public static class Caller {
    private int calls;

    long nextId() {
      return calls++ & (ENTRIES - 1);
    }
  }

  @Setup
  public void fill() {
    String uri = Objects.requireNonNull(System.getProperty(BenchmarkJvm.REDIS), BenchmarkJvm.REDIS);
    String prefix = "benchmark-" + UUID.randomUUID() + ':';
    cache = FilledCache.of(contender, uri, prefix, size, ENTRIES);
  }

  @Benchmark
  public Order hit(Caller caller) {
    return cache.find(caller.nextId());
  }

  @TearDown
  public void close() {
    cache.close();
  }
}
