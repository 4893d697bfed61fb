package io.github.rediscached.agent.near;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Redis keys that the entries of a {@link NearRegion}, and reads under way, depend on. A reader
 * holds them before it sends its read. So if Redis tells of a change before the answer to the read
 * arrives, the change is not missed. Thread-safe.
 */
final class Dependencies {

  private final ConcurrentMap<Dependency, Dependency> live = new ConcurrentHashMap<>();

  /** Counts changes, so that an entry is checked only once after each. */
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
      // Its last holder is about to remove it.
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
   * The value of a key has changed, or may have. When this returns, no entry that depends on it
   * serves any more, even if another thread is reporting the same change.
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
