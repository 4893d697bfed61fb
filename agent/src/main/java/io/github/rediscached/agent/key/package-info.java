/**
 * Redis keys: a pure function of cache and arguments, equal on every JVM. Start with {@code
 * KeyPlan}; what counts as equal is said in {@code CanonicalBytes}.
 */
@NullMarked
package io.github.rediscached.agent.key;

import org.jspecify.annotations.NullMarked;
