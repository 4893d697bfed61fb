/** The agent's own log: lines on stderr, never through the application's logging. */
@NullMarked
package io.github.rediscached.agent.log;

import org.jspecify.annotations.NullMarked;
