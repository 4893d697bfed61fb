/**
 * The counters of each cache. Start with {@link io.github.rediscached.agent.stats.StatsRegistry}.
 */
@NullMarked
package io.github.rediscached.agent.stats;

import org.jspecify.annotations.NullMarked;
