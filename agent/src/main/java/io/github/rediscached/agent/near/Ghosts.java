package io.github.rediscached.agent.near;

/**
 * Remembers what was evicted lately, by its hash alone: a table in which newer ones overwrite
 * others. It grows with the number of entries, 8 bytes for each. Not thread-safe.
 */
final class Ghosts {

  private static final int SMALLEST = 1 << 8;
  private static final int LARGEST = 1 << 22;

  /** Hash above, number of the eviction below. */
  private long[] table = new long[SMALLEST];

  private int evictions;

  /**
   * @param entries how many entries there are beside it
   */
  void add(int hash, int entries) {
    if (entries > table.length && table.length < LARGEST) {
      grow();
    }
    evictions++;
    put(((long) hash << 32) | (evictions & 0xFFFF_FFFFL));
  }

  /**
   * Whether it was evicted lately; then it is forgotten.
   *
   * @param age how many evictions ago at most
   */
  boolean remove(int hash, int age) {
    int at = hash & (table.length - 1);
    long ghost = table[at];
    if (ghost == 0 || (int) (ghost >>> 32) != hash) {
      return false;
    }
    table[at] = 0;
    return evictions - (int) ghost <= age;
  }

  private void put(long ghost) {
    table[(int) (ghost >>> 32) & (table.length - 1)] = ghost;
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    for (long ghost : old) {
      put(ghost);
    }
    // Where there was none, a ghost of hash 0 was put.
    table[0] = 0;
  }
}
