package io.github.rediscached.agent.call;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a miss while the method runs.
 *
 * @param call whose miss it is
 * @param target null for a static method
 * @param entryKey the Redis key to store the result under
 * @param mainToken the token of the foreign entry that the new one is a variant of; else 0
 * @param startNanos when the method began
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record Load(
    CachedCall call,
    @Nullable Object target,
    @Nullable Object[] arguments,
    byte[] entryKey,
    long mainToken,
    long startNanos) {}
