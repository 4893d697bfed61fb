/**
 * The agent. {@code AgentMain} (the only class here that the application's loader sees, with its
 * class loader) starts {@code Agent}, which reads the settings and wires the parts: {@code
 * instrument} finds and changes methods, {@code call} executes cached calls, and the leaves {@code
 * key}, {@code codec}, {@code store}, {@code expression} and {@code stats} know nothing of each
 * other.
 */
@NullMarked
package io.github.rediscached.agent;

import org.jspecify.annotations.NullMarked;
