package io.github.rediscached.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void aPercentileIsTheTimeThatThisShareDidNotExceed() {
    var latencies =
        new Latencies(LongStream.rangeClosed(1, 200).map(i -> 201 - i).boxed().toList());

    assertEquals(100, latencies.percentileNanos(0.5));
    assertEquals(198, latencies.percentileNanos(0.99));
    assertEquals(200, latencies.percentileNanos(1));
    assertEquals(1, latencies.percentileNanos(0));
  }

  @Test
  void timesAreReadInMilliseconds() {
    assertEquals("0.12 ms", new Latencies(List.of(123_456L)).percentile(0.5));
    assertEquals("9.99 ms", new Latencies(List.of(9_990_000L)).percentile(0.5));
    assertEquals("1234 ms", new Latencies(List.of(1_234_000_000L)).percentile(0.99));
  }
}
