package io.github.rediscached.agent.call;

import io.github.rediscached.agent.protocol.Lease;
import io.github.rediscached.agent.stats.CacheStats;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows when an entry is stored, or is not. Calls that wait for the load get the entry then,
 * where they did not get it before.
 *
 * @param namedTags how many tags the entry names
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record StoreEnd(
    CacheStats stats, CallContext context, Load load, Lease lease, byte[] entry, int namedTags)
    implements BiConsumer<@Nullable Boolean, @Nullable Throwable> {

  @Override
  public void accept(@Nullable Boolean answer, @Nullable Throwable failure) {
    boolean stored = Boolean.TRUE.equals(answer);
    if (stored) {
      stats.put();
    } else if (failure != null) {
      stats.error();
      // Else all calls that come would wait for it until it expires.
      context.protocol().release(load.lookup().keys(), lease);
    }
    Flights.Flight flight = load.flight();
    if (flight != null) {
      context.flights().end(flight, stored ? Entries.asStored(entry, namedTags) : null);
    }
  }
}
