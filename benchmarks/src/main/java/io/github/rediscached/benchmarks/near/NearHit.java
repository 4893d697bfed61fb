package io.github.rediscached.benchmarks.near;

import io.github.rediscached.benchmarks.BenchmarkJvm;
import java.util.Objects;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * One call whose result is in the JVM's memory. Fails if a call was none such or an answer is
 * wrong.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls the set-up.
public class NearHit {

  @Param public Contender contender;
  @Param public Values values;

  @Param("10000")
  public int keys;

  private WarmCache cache;

  /**
   * Which value a thread asks for next: all equally often, in no order that a processor guesses.
   */
  @State(Scope.Thread)
  public static class Caller {
    private long state;
    private long keys;

    @Setup
    public void start(NearHit benchmark, ThreadParams thread) {
      state = thread.getThreadIndex();
      keys = benchmark.keys;
    }

    long nextId() {
      // Knuth's generator; the upper bits are the good ones.
      state = state * 6364136223846793005L + 1442695040888963407L;
      return ((state >>> 32) * keys) >>> 32;
    }
  }

  @Setup
  public void warm() {
    String uri = Objects.requireNonNull(System.getProperty(BenchmarkJvm.REDIS), BenchmarkJvm.REDIS);
    cache = WarmCache.of(contender, values, uri, keys);
  }

  @Benchmark
  public Object hit(Caller caller) {
    return cache.find(caller.nextId());
  }

  @TearDown
  public void close() {
    cache.close();
  }
}
