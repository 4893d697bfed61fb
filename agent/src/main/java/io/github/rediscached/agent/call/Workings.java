package io.github.rediscached.agent.call;

import io.github.rediscached.agent.log.AgentLog;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What the calls of all methods share.
 *
 * @param enabled asked on each call
 * @param loadWait how long a call waits for another's load
 */
record Workings(
    Protocol protocol,
    Invalidations invalidations,
    Flights flights,
    Refreshes refreshes,
    AsyncThreads asyncThreads,
    LeaseWaits leaseWaits,
    Duration loadWait,
    BooleanSupplier enabled,
    AgentLog log) {}
