package io.github.rediscached.agent.call;

import io.github.rediscached.agent.plan.StoredForm;
import io.github.rediscached.agent.plan.ValueOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The part of the settings that calls of cached methods follow; the root package makes it.
 *
 * @param namespace the first part of every Redis key
 * @param defaults for options that a method leaves out
 * @param form how values and keys stand in Redis
 * @param near null if no results are kept in memory
 * @param loadWait how long a call waits for another call's load
 * @param patternWait how long a deletion by pattern may take
 */
public record CacheSettings(
    String namespace,
    EntryPolicy defaults,
    ValueOptions values,
    StoredForm form,
    @Nullable Near near,
    Duration loadWait,
    Duration patternWait) {

  /**
   * The near cache.
   *
   * @param maxSizeBytes the most that its entries may take together
   * @param untrackedTtl how long an entry may serve where nobody reports changes; null for not at
   *     all
   * @param toldTtl how long where only JVMs report what they change
   */
  public record Near(long maxSizeBytes, @Nullable Duration untrackedTtl, Duration toldTtl) {}
}
