/** Redis keys: a pure function of cache and arguments, equal on every JVM. */
@NullMarked
package io.github.rediscached.agent.key;

import org.jspecify.annotations.NullMarked;
