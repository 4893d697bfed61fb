/** Executes cached calls. Start with {@code CachedCall}, the interceptor of a cached method. */
@NullMarked
package io.github.rediscached.agent.call;

import org.jspecify.annotations.NullMarked;
