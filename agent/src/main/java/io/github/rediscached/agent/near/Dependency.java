package io.github.rediscached.agent.near;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A Redis key in the state that a reader found it in. Once changed, it stays changed: a later
 * reader of the key gets another object. Equal to all dependencies on the same key. {@link
 * Dependencies} makes and counts them.
 */
public final class Dependency {

  private static final AtomicIntegerFieldUpdater<Dependency> HOLDERS =
      AtomicIntegerFieldUpdater.newUpdater(Dependency.class, "holders");

  private final byte[] key;
  private final int hash;
  private volatile int holders = 1;
  private volatile boolean changed;

  /** Begins with one holder. */
  Dependency(byte[] key) {
    this.key = key;
    this.hash = Arrays.hashCode(key);
  }

  /** Adds a holder, unless the last one has left. */
  boolean hold() {
    int present = holders;
    while (present > 0) {
      if (HOLDERS.compareAndSet(this, present, present + 1)) {
        return true;
      }
      present = holders;
    }
    return false;
  }

  /** Removes a holder; returns whether it was the last. */
  boolean release() {
    return HOLDERS.decrementAndGet(this) == 0;
  }

  void change() {
    changed = true;
  }

  boolean isChanged() {
    return changed;
  }

  /** The size in memory, in bytes, about, if no other entry depends on the same key. */
  int weight() {
    return 112 + key.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Dependency dependency
            && hash == dependency.hash
            && Arrays.equals(key, dependency.key));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
