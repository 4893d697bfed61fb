package io.github.rediscached.agent.call;

import io.github.rediscached.agent.near.Dependency;
import io.github.rediscached.agent.near.NearKey;
import io.github.rediscached.agent.protocol.CallKeys;
import org.jspecify.annotations.Nullable;

/**
 * A call whose result was not found in memory: what it takes to ask Redis for it and to keep the
 * answer. To be ended once.
 *
 * @param held the keys that the look-up will read, watched since before
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record NearMiss(NearSide near, NearKey key, CallKeys keys, Dependency[] held) {

  /**
   * Keeps what was found, if it may be kept. Never throws.
   *
   * @param lookup null if Redis was not asked, or gave no answer
   */
  void end(@Nullable Lookup lookup) {
    if (lookup == null) {
      near.release(held);
    } else {
      near.keep(key, keys, held, lookup);
    }
  }
}
