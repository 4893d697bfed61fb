/**
 * The agent. {@code AgentMain} is all that the application's loader sees here, with the class
 * loader of the agent. {@code Start} reads the settings, {@code Agent} wires the packages: {@code
 * instrument} finds and changes methods, {@code call} executes cached calls, {@code jmx} shows the
 * {@code AgentState}. The leaves {@code key}, {@code codec}, {@code store}, {@code expression} and
 * {@code stats} know nothing of each other.
 */
@NullMarked
package io.github.rediscached.agent;

import org.jspecify.annotations.NullMarked;
