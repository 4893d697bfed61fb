package io.github.rediscached.agent.codec;

import java.util.Arrays;

/**
 * Which objects of a graph are still being written or read, kept alike on both sides so that a
 * writer refuses exactly what a reader could not rebuild. Not thread-safe.
 *
 * <p>The danger is a cycle: a child that refers to its unfinished parent. An object that is built
 * from its children can't take part in one. A hash or sorted collection can't take up an element
 * that leads to an unfinished object, since hashing or comparing it would see that object half
 * read; such a collection is filled when the whole graph is there.
 */
final class Progress {

  private static final byte DONE = 0;
  private static final byte OPEN = 1;
  private static final byte BUILDING = 2;

  private byte[] states = new byte[64];
  private int building;
  private int backReferences;
  private boolean deferring;

  void begin(int id, Rule.Identity identity) {
    if (id >= states.length) {
      states = Arrays.copyOf(states, id * 2);
    }
    boolean late = identity == Rule.Identity.LATE;
    states[id] = late ? BUILDING : OPEN;
    if (late) {
      building++;
    }
  }

  void end(int id) {
    if (states[id] == BUILDING) {
      building--;
    }
    states[id] = DONE;
  }

  /** Tells that the graph refers to an object again; false if it can't be rebuilt like that. */
  boolean refer(int id) {
    byte state = states[id];
    if (state != DONE) {
      backReferences++;
    }
    return state != BUILDING && !(deferring && building > 0);
  }

  /** To be kept before, and handed to {@link #mustDefer} after, the elements of a collection. */
  int mark() {
    return backReferences;
  }

  /** Whether a collection that hashes or compares its elements must wait for the whole graph. */
  boolean mustDefer(int mark) {
    return deferring || backReferences != mark;
  }

  /** Records that a collection waits; false if it is within an object that is built from it. */
  boolean defer() {
    deferring = true;
    return building == 0;
  }

  void clear() {
    building = 0;
    backReferences = 0;
    deferring = false;
  }
}
