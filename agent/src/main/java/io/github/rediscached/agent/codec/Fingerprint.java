package io.github.rediscached.agent.codec;

/**
 * A 64-bit hash over texts and numbers that tells versions of a class apart: <a
 * href="https://datatracker.ietf.org/doc/html/draft-eastlake-fnv">FNV-1a</a>, with the finisher of
 * splitmix64. It is no protection: an attacker with access to Redis can copy the right hash. Not
 * thread-safe.
 */
final class Fingerprint {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET_BASIS;

  /** Adds a text; {@code ("ab", "c")} differs from {@code ("a", "bc")}. */
  Fingerprint add(String text) {
    add(text.length());
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return this;
  }

  Fingerprint add(long number) {
    for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
      hash = (hash ^ ((number >>> shift) & 0xFFFF)) * PRIME;
    }
    return this;
  }

  /** The finisher of splitmix64, so that all bits depend on the last text as well. */
  long value() {
    long mixed = hash;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
