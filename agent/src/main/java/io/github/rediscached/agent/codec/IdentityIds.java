package io.github.rediscached.agent.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers objects by identity in the order in which they were added. Not thread-safe. */
final class IdentityIds {

  private static final int INITIAL_CAPACITY = 64;

  /** A larger table is dropped after use rather than cleared and kept. */
  private static final int MAX_KEPT_CAPACITY = 4096;

  private @Nullable Object[] objects = new @Nullable Object[INITIAL_CAPACITY];
  private int[] ids = new int[INITIAL_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  boolean has(Object object) {
    return objects[slotOf(object)] != null;
  }

  /** Returns the object's number, or -1 if it was new and got the next one now. */
  int findOrAdd(Object object) {
    int slot = slotOf(object);
    if (objects[slot] != null) {
      return ids[slot];
    }
    objects[slot] = object;
    ids[slot] = size++;
    if (size * 2 > objects.length) {
      grow();
    }
    return -1;
  }

  void clear() {
    if (size == 0) {
      return;
    }
    if (objects.length > MAX_KEPT_CAPACITY) {
      objects = new @Nullable Object[INITIAL_CAPACITY];
      ids = new int[INITIAL_CAPACITY];
    } else {
      Arrays.fill(objects, null);
    }
    size = 0;
  }

  private int slotOf(Object object) {
    int mask = objects.length - 1;
    int hash = System.identityHashCode(object);
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (objects[slot] != null && objects[slot] != object) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    @Nullable Object[] oldObjects = objects;
    int[] oldIds = ids;
    objects = new @Nullable Object[oldObjects.length * 2];
    ids = new int[objects.length];
    for (int i = 0; i < oldObjects.length; i++) {
      Object object = oldObjects[i];
      if (object != null) {
        int slot = slotOf(object);
        objects[slot] = object;
        ids[slot] = oldIds[i];
      }
    }
  }
}
