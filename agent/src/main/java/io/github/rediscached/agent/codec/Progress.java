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
 */
final class Progress {

  private static final byte WHOLE = 0;
  private static final byte DOUBTFUL = 1;
  private static final byte OPEN = 2;
  private static final byte BUILDING = 3;

  private byte[] states = new byte[64];

  /** How many doubts there were when each object began. */
  private int[] marks = new int[64];

  private int building;
  private int doubts;
  private boolean deferring;

  void begin(int id, ValueSerializer.Identity identity) {
    if (id >= states.length) {
      states = Arrays.copyOf(states, id * 2);
      marks = Arrays.copyOf(marks, id * 2);
    }
    marks[id] = doubts;
    boolean late = identity == ValueSerializer.Identity.LATE;
    states[id] = late ? BUILDING : OPEN;
    if (late) {
      building++;
    }
  }

  void end(int id) {
    if (states[id] == BUILDING) {
      building--;
    }
    states[id] = marks[id] == doubts ? WHOLE : DOUBTFUL;
  }

  /** Tells that the graph refers to an object again; false if it can't be rebuilt like that. */
  boolean refer(int id) {
    byte state = states[id];
    if (state == WHOLE) {
      return true;
    }
    doubts++;
    return state != BUILDING && !(deferring && building > 0);
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
    building = 0;
    doubts = 0;
    deferring = false;
  }
}
