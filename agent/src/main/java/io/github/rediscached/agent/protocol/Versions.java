package io.github.rediscached.agent.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Versions in Redis: 16 bytes each, of which none ever comes twice. */
public final class Versions {

  public static final int BYTES = 16;

  private Versions() {}

  /**
   * A digest of versions that a look-up has read; 0, which no entry has, if one is missing.
   *
   * @param answer what was read: the entry, then the versions
   * @param count how many
   */
  public static long digest(byte[] @Nullable [] answer, int count) {
    long digest = 0;
    for (int i = 1; i <= count; i++) {
      byte[] version = answer[i];
      if (version == null || version.length != BYTES) {
        return 0;
      }
      digest = mix(digest, version, 0);
    }
    return notZero(digest);
  }

  /** The same digest, of versions one behind the other. */
  static long digest(byte[] versions, int from) {
    long digest = 0;
    for (int at = from; at < versions.length; at += BYTES) {
      digest = mix(digest, versions, at);
    }
    return notZero(digest);
  }

  private static long mix(long digest, byte[] version, int at) {
    ByteBuffer bytes = ByteBuffer.wrap(version);
    return mix(mix(digest ^ bytes.getLong(at)) ^ bytes.getLong(at + Long.BYTES));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), variant 13 of David Stafford. */
  private static long mix(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  private static long notZero(long digest) {
    return digest == 0 ? 1 : digest;
  }
}
