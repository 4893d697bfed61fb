package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.CallKeys;
import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.protocol.Protocol;
import io.github.rediscached.agent.stats.CacheStats;
import io.github.rediscached.agent.store.RedisStore;
import org.jspecify.annotations.Nullable;

/**
 * What comes of storing an entry.
 *
 * @param flight whose waiters may take the entry once it is stored, if they did not get it before
 * @param namedTags how many tags the entry names
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoreEnd(
    CacheStats stats,
    Protocol protocol,
    CallKeys keys,
    Lease lease,
    Flights flights,
    Flights.@Nullable Flight flight,
    byte[] entry,
    int namedTags)
    implements RedisStore.Answer {

  @Override
  public void answered(byte[] @Nullable [] answer) {
    boolean stored = Protocol.isStored(answer);
    if (stored) {
      stats.put();
    }
    end(stored);
  }

  @Override
  public void failed(boolean connected) {
    stats.error();
    // Else all who come would wait for it until it expires.
    protocol.release(keys, lease);
    end(false);
  }

  private void end(boolean stored) {
    if (flight != null) {
      flights.end(flight, stored ? Entries.asStored(entry, namedTags) : null);
    }
  }
}
