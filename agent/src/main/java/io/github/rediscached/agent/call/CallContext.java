package io.github.rediscached.agent.call;

import io.github.rediscached.agent.log.AgentLog;
import io.github.rediscached.agent.near.NearCache;
import io.github.rediscached.agent.protocol.Invalidations;
import io.github.rediscached.agent.protocol.Protocol;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of all methods share.
 *
 * @param near null if nothing is kept in memory
 * @param untrackedNear how long a result may be kept of whose changes Redis does not tell
 * @param enabled asked on each call
 * @param loadWait how long a call waits for another's load
 */
record CallContext(
    Protocol protocol,
    Invalidations invalidations,
    Flights flights,
    Refreshes refreshes,
    @Nullable NearCache near,
    Duration untrackedNear,
    AsyncThreads asyncThreads,
    Duration loadWait,
    BooleanSupplier enabled,
    AgentLog log) {}
