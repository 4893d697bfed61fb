package io.github.rediscached.sample;

import java.util.List;
import java.util.Locale;

/** How long the calls of one kind took. */
final class Latencies {

  private final long[] sortedNanos;

  /**
   * Takes the measured times.
   *
   * @param nanos at least one
   */
  Latencies(List<Long> nanos) {
    sortedNanos = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** The time that this share of the calls (0..1) did not exceed. */
  long percentileNanos(double share) {
    int rank = (int) Math.ceil(share * sortedNanos.length);
    return sortedNanos[Math.max(rank, 1) - 1];
  }

  /** In milliseconds, for reading. */
  String percentile(double share) {
    double millis = percentileNanos(share) / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
  }
}
