package io.github.rediscached.benchmarks.near;

/** One way to have values cached in the JVM's own memory. Thread-safe. */
interface NearCache extends AutoCloseable {

  /** From memory, else from where the cache looks next, and in the end from the source. */
  Object find(long id);

  /**
   * How many calls so far were not answered from memory, as far as the cache itself counts them.
   */
  default long farCalls() {
    return 0;
  }

  @Override
  void close();
}
