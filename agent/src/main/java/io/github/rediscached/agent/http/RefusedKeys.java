package io.github.rediscached.agent.http;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The keys whose last response could not be stored, for some seconds: requests for these do not
 * wait for each other, since none of them could use the other's answer (Varnish calls it
 * hit-for-miss). A table of fixed size by hash; where two keys meet in a slot, the one before is
 * forgotten. Thread-safe.
 */
final class RefusedKeys {

  private static final int SLOTS = 4_096;
  private static final long SECONDS = 10;
  private static final long HASH = 0xFFFF_FFFF_0000_0000L;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  void add(String key, long nowMillis) {
    slots.set(slot(key), hash(key) | (nowMillis / 1_000 + SECONDS & ~HASH));
  }

  void remove(String key) {
    int slot = slot(key);
    long present = slots.get(slot);
    if ((present & HASH) == hash(key)) {
      slots.compareAndSet(slot, present, 0);
    }
  }

  boolean has(String key, long nowMillis) {
    long present = slots.get(slot(key));
    return present != 0
        && (present & HASH) == hash(key)
        && (nowMillis / 1_000 & ~HASH) <= (present & ~HASH);
  }

  private static int slot(String key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 16) & SLOTS - 1;
  }

  private static long hash(String key) {
    return (long) key.hashCode() << 32;
  }
}
