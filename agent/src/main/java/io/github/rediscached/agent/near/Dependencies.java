package io.github.rediscached.agent.near;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the entries of a region, and the reads that may become entries, depend on. They are held
 * before a read is sent, so a change that overtakes the answer is not missed. Thread-safe.
 */
final class Dependencies {

  private final ConcurrentMap<Dependency, Dependency> live = new ConcurrentHashMap<>();

  /** Counts what may have changed, so that an entry is checked once after each change. */
  private final AtomicLong changes = new AtomicLong();

  Dependency[] hold(byte[][] keys) {
    Dependency[] held = new Dependency[keys.length];
    for (int i = 0; i < keys.length; i++) {
      held[i] = hold(keys[i]);
    }
    return held;
  }

  private Dependency hold(byte[] key) {
    Dependency made = new Dependency(key);
    while (true) {
      Dependency present = live.get(made);
      if (present == null) {
        present = live.putIfAbsent(made, made);
        if (present == null) {
          return made;
        }
      }
      if (present.hold()) {
        return present;
      }
      // Its last holder is just taking it away.
      remove(present);
    }
  }

  void release(Dependency[] held) {
    for (Dependency dependency : held) {
      if (dependency.release()) {
        remove(dependency);
      }
    }
  }

  /**
   * The key has, or may have, another value. When this returns no entry that depends on it serves
   * any more, even if another thread is about to say the same.
   */
  void changed(byte[] key) {
    Dependency dependency = live.get(new Dependency(key));
    if (dependency != null) {
      dependency.change();
      remove(dependency);
    }
    changes.incrementAndGet();
  }

  void allChanged() {
    for (Dependency dependency : live.keySet()) {
      dependency.change();
      remove(dependency);
    }
    changes.incrementAndGet();
  }

  @SuppressWarnings("ReferenceEquality") // An equal one may have taken its place.
  private void remove(Dependency dependency) {
    live.computeIfPresent(dependency, (key, present) -> present == dependency ? null : present);
  }

  long changes() {
    return changes.get();
  }

  int size() {
    return live.size();
  }

  static boolean anyChanged(Dependency[] held) {
    for (Dependency dependency : held) {
      if (dependency.isChanged()) {
        return true;
      }
    }
    return false;
  }
}
