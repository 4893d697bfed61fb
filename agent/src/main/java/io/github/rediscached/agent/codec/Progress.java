package io.github.rediscached.agent.codec;

import java.util.Arrays;

/**
 * Tracks which objects of a graph are unfinished, that is, still being written or read. Writer and
 * reader run the same code, so a writer refuses exactly the graphs that no reader could rebuild.
 * Called by {@link References} and by serializers of collections; not thread-safe.
 *
 * <p>The danger is a cycle: a child that refers to its unfinished parent. An object that is built
 * from its children, such as a record, can't be part of a cycle. A hash or sorted collection can't
 * take an element that leads to an unfinished object, since its hash would be computed from half of
 * it; the collection is filled when the whole graph is there. An object is in doubt if it may lead
 * to an unfinished object or to a collection that waits; every other finished object is whole.
 *
 * <p>It also counts how many parts the hash of an object reads. Where collections share their
 * elements this grows exponentially: a short entry could keep a thread busy for ever.
 */
final class Progress {

  private static final byte WHOLE = 0;
  private static final byte DOUBTFUL = 1;
  private static final byte OPEN = 2;
  private static final byte BUILDING = 3;

  /** Takes about a second. */
  private static final long MAX_HASHED = 1 << 26;

  private static final long MAX_COUNT = Long.MAX_VALUE / 4;

  private byte[] states = new byte[64];

  /** How many doubts there were when each object began. */
  private int[] marks = new int[64];

  /** Of an object that is over, how many parts hashing it meets; else the count at its begin. */
  private long[] hashed = new long[64];

  /** The objects that hold those that have begun and are not over. */
  private int[] holders = new int[64];

  private int innermost = -1;
  private long parts;

  private int building;
  private int doubts;
  private boolean deferring;

  void begin(int id, ValueSerializer.Identity identity) {
    if (id >= states.length) {
      states = Arrays.copyOf(states, id * 2);
      marks = Arrays.copyOf(marks, id * 2);
      hashed = Arrays.copyOf(hashed, id * 2);
      holders = Arrays.copyOf(holders, id * 2);
    }
    hashed[id] = parts;
    holders[id] = innermost;
    innermost = id;
    marks[id] = doubts;
    boolean late = identity == ValueSerializer.Identity.LATE;
    states[id] = late ? BUILDING : OPEN;
    if (late) {
      building++;
    }
  }

  /**
   * An object is over.
   *
   * @param hashesParts whether its hash code is made of those of its parts
   */
  void end(int id, boolean hashesParts) {
    innermost = holders[id];
    long before = hashed[id];
    hashed[id] = hashesParts ? parts - before + 1 : 1;
    parts = before + hashed[id];
    if (states[id] == BUILDING) {
      building--;
    }
    states[id] = marks[id] == doubts ? WHOLE : DOUBTFUL;
  }

  /** Tells that the graph refers to an object again; false if it can't be rebuilt like that. */
  boolean refer(int id) {
    byte state = states[id];
    if (state <= DOUBTFUL) {
      parts = Math.min(parts + hashed[id], MAX_COUNT);
    }
    if (state == WHOLE) {
      return true;
    }
    doubts++;
    return state != BUILDING && !(deferring && building > 0);
  }

  /** The innermost object that is not over yet has so many parts, such as scalars. */
  void count(int more) {
    parts = Math.min(parts + more, MAX_COUNT);
  }

  /** Whether the innermost object can hash what it holds in a while. */
  boolean canHash() {
    return innermost < 0 || parts - hashed[innermost] <= MAX_HASHED;
  }

  /** To be kept before, and handed to {@link #mustDefer} after, the elements of a collection. */
  int mark() {
    return doubts;
  }

  /** Whether a collection that hashes or compares its elements must wait for the whole graph. */
  boolean mustDefer(int mark) {
    return doubts != mark;
  }

  /** Records that a collection waits; false if it is within an object that is built from it. */
  boolean defer() {
    deferring = true;
    doubts++;
    return building == 0;
  }

  void clear() {
    innermost = -1;
    parts = 0;
    building = 0;
    doubts = 0;
    deferring = false;
  }
}
