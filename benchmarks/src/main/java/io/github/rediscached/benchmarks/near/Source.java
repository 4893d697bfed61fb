package io.github.rediscached.benchmarks.near;

import java.util.concurrent.atomic.AtomicLong;

/** In the place of a database: what is asked on a miss. Counts how often. */
final class Source {

  private final Values values;
  private final AtomicLong loads = new AtomicLong();

  Source(Values values) {
    this.values = values;
  }

  Object load(long id) {
    loads.incrementAndGet();
    return values.load(id);
  }

  long loads() {
    return loads.get();
  }
}
