/**
 * Redis keys: a pure function of cache and arguments, equal on every JVM. Start with {@code
 * KeyPlan}; {@code CanonicalBytes} says which arguments are equal.
 */
@NullMarked
package io.github.rediscached.agent.key;

import org.jspecify.annotations.NullMarked;
