/** Executes cached calls. Start with {@code CachedCall}, the story of a call. */
@NullMarked
package io.github.rediscached.agent.call;

import org.jspecify.annotations.NullMarked;
