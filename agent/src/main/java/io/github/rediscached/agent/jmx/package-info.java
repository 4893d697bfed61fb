/**
 * The beans that JConsole and other JMX clients show. {@link
 * io.github.rediscached.agent.jmx.BeanRegistration} waits for the right moment, {@code
 * PlatformBeans} then registers one {@code OpenBean} for the agent, one for Redis and one for each
 * cache. {@code Advice} says in words what the figures mean.
 */
@NullMarked
package io.github.rediscached.agent.jmx;

import org.jspecify.annotations.NullMarked;
