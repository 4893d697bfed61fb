package io.github.rediscached.agent.codec;

import java.util.Arrays;

/**
 * Which objects of a graph are still being written or read, kept alike on both sides so that a
 * writer refuses exactly what a reader could not rebuild. Not thread-safe.
 *
 * <p>The danger is a cycle: a child that refers to its unfinished parent. An object that is built
 * from its children can't take part in one. A hash or sorted collection can't take up an element
 * that leads to an unfinished object, since hashing or comparing it would see that object half
 * read; such a collection is filled when the whole graph is there. What may lead to an unfinished
 * object, or to a collection that is still to be filled, is in doubt; all else is whole.
 *
 * <p>Also counts what hashing an object walks through: where collections share what they hold, that
 * can be more than all of time though the entry is short.
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
