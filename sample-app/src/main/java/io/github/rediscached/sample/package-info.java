/**
 * Runs the shop, which knows nothing of this package: {@link io.github.rediscached.sample.RunShop}
 * starts it beside a Redis, {@link io.github.rediscached.sample.Demo} measures it without and with
 * the agent.
 */
@NullMarked
package io.github.rediscached.sample;

import org.jspecify.annotations.NullMarked;
