/**
 * The beans that JConsole shows. {@link io.github.rediscached.agent.jmx.BeanRegistration} waits for
 * the right moment, {@code PlatformBeans} then registers one {@code OpenBean} for the agent, for
 * Redis and for each cache.
 */
@NullMarked
package io.github.rediscached.agent.jmx;

import org.jspecify.annotations.NullMarked;
