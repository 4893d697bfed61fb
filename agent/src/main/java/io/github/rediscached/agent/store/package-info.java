/** Redis, reached through Lettuce; every command has a deadline, failure is a miss. */
@NullMarked
package io.github.rediscached.agent.store;

import org.jspecify.annotations.NullMarked;
