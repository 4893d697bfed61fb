package io.github.rediscached.benchmarks.hit;

/** One way to have orders cached in Redis. Thread-safe. */
interface OrderCache extends AutoCloseable {

  /** From Redis, else from the source, and then into Redis. */
  Order find(long id);

  @Override
  void close();
}
